"""The log of every act: written with the act, never changed afterwards."""

from __future__ import annotations

import pytest
from django.db import Error, connection, transaction

from frontstage.foundation.actors import SYSTEM
from frontstage.foundation.events import NewEvent, Subject, history, record, record_all
from frontstage.foundation.models import Event
from tests.cast import NOW

THING = Subject("thing", 7)


@pytest.mark.django_db
@pytest.mark.parametrize("forge", ["UPDATE foundation_event SET name = 'x'", "DELETE FROM foundation_event", "TRUNCATE foundation_event"])  # fmt: skip
def test_the_database_refuses_to_change_what_happened(forge: str) -> None:
    record("thing.done", now=NOW, actor=SYSTEM, subject=THING)
    with pytest.raises(Error, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(forge)
    assert history(subject=THING).get().name == "thing.done"


@pytest.mark.django_db(transaction=True)
def test_an_event_outside_the_transaction_of_its_act_is_a_mistake_of_ours() -> None:
    with pytest.raises(RuntimeError, match="outside a transaction"):
        record("thing.done", now=NOW, actor=SYSTEM, subject=THING)
    with pytest.raises(RuntimeError, match="outside a transaction"):
        record_all([NewEvent("thing.done", NOW, SYSTEM, THING)])


@pytest.mark.django_db
def test_an_act_that_fails_leaves_no_event() -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        record("thing.done", now=NOW, actor=SYSTEM, subject=THING)
        raise ZeroDivisionError
    assert not Event.objects.exists()
