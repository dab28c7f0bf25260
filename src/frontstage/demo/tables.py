"""Rows on their way into the database by COPY, a buffer a table, written in an order that foreign keys allow."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from django.db import connection
from django.db.models import Model

ORDER = (
    "customers_customer",
    "customers_contactpoint",
    "customers_site",
    "visits_inspectionplan",
    "cases_case",
    "cases_message",
    "visits_visit",
    "commitments_clock",
    "foundation_event",
    "surveys_invitation",
    "surveys_response",
    "surveys_answer",
)


class Table:
    """One table: its columns, the next id, and rows still to be written."""

    def __init__(self, model: type[Model]) -> None:
        fields = model._meta.concrete_fields
        self.name = model._meta.db_table
        self.columns = [field.column for field in fields if field.column is not None]
        self.json = {field.column for field in fields if field.get_internal_type() == "JSONField"}
        self.defaults = {
            field.column: field.get_default() for field in fields if field.has_default() or field.blank
        }
        self.rows: list[tuple[Any, ...]] = []
        self.next_id = self._first_free_id()

    def _first_free_id(self) -> int:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT coalesce(max(id), 0) + 1 FROM {self.name}")  # noqa: S608  # our own name
            (first,) = cursor.fetchone()
        return int(first)

    def add(self, **values: Any) -> int:
        """Take a row; columns not named get the model's default. Returns its id."""
        row_id, self.next_id = self.next_id, self.next_id + 1
        values["id"] = row_id
        self.rows.append(tuple(self._written(column, values) for column in self.columns))
        return row_id

    def _written(self, column: str, values: dict[str, Any]) -> Any:
        value = values[column] if column in values else self.defaults.get(column)
        if column in self.json and value is not None:
            return json.dumps(value, ensure_ascii=False, default=str)
        return value


class Tables:
    """All tables of the story; flushed together, so that no row waits for one that it points to."""

    def __init__(self, models: Sequence[type[Model]], *, at_once: int = 50_000) -> None:
        self.tables = {model._meta.db_table: Table(model) for model in models}
        self.at_once = at_once

    def __getitem__(self, name: str) -> Table:
        return self.tables[name]

    def flush_when_full(self) -> None:
        if sum(len(table.rows) for table in self.tables.values()) >= self.at_once:
            self.flush()

    def flush(self) -> None:
        """Write every buffered row by COPY."""
        with connection.cursor() as cursor:
            for name in ORDER:
                table = self.tables[name]
                if not table.rows:
                    continue
                columns = ", ".join(f'"{column}"' for column in table.columns)
                with cursor.copy(f"COPY {name} ({columns}) FROM STDIN") as copy:
                    for row in table.rows:
                        copy.write_row(row)
                table.rows.clear()

    def finish(self) -> None:
        """Write the rest, let the sequences go on after it, and gather statistics for the planner."""
        self.flush()
        with connection.cursor() as cursor:
            for name, table in self.tables.items():
                cursor.execute(
                    "SELECT setval(pg_get_serial_sequence(%s, 'id'), %s, false)",
                    [name, max(table.next_id, 1)],
                )
            cursor.execute("ANALYZE")
