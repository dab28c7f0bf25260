"""What the measuring commands write: all files or none, and progress on the error stream."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from frontstage.assess.words import Words, _
from frontstage.measure.errors import MeasureError

console = Console(highlight=False, soft_wrap=True)
ENDINGS = (".html", ".pdf", ".xlsx")
WORK = {"bootstrap": _("Replicates"), "groups": _("Comparing groups"), "rows": _("Reading rows")}
# Work that takes less is not worth a line.
QUIET = 2.0

Report = Callable[[str, int, int], None]


def check_outputs(reports: Sequence[str], json_file: str | None) -> None:
    """Refuse what could not be written before hours of work end in it."""
    for name in reports:
        if Path(name).suffix.lower() not in ENDINGS:
            raise MeasureError(
                "report_ending", f"{name}: a report is {', '.join(ENDINGS)}, by its ending.",
                "Name it report.html, for example.", file=name, known=list(ENDINGS),
            )  # fmt: skip
    for name in [*reports, *([json_file] if json_file and json_file != "-" else [])]:
        folder = Path(name).resolve().parent
        if not folder.is_dir() or not os.access(folder, os.W_OK) or Path(name).is_dir():
            raise MeasureError(
                "cannot_write", f"{name} cannot be written.", "Choose a folder where you may write.",
                file=name, reason="",
            )  # fmt: skip


def write_all(files: Mapping[Path, bytes]) -> None:
    """Each file under a passing name first; only when all are written do they take their own names."""
    passing = {path: path.with_name(f".{path.name}.{os.getpid()}") for path in files}
    try:
        for path, content in files.items():
            passing[path].write_bytes(content)
        for path, written in passing.items():
            written.replace(path)
    finally:
        for written in passing.values():
            written.unlink(missing_ok=True)


@contextmanager
def progress(words: Words) -> Iterator[Report]:
    """Bars on a terminal; elsewhere a line for each piece of work that takes long, now and then."""
    errors = Console(stderr=True, highlight=False, soft_wrap=True)
    if not errors.is_terminal:
        yield _Lines(errors, words).report
        return
    columns = (TextColumn("{task.description:<20}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=errors, transient=True) as bars:
        tasks: dict[str, TaskID] = {}

        def report(what: str, done: int, total: int) -> None:
            if what not in tasks:
                tasks[what] = bars.add_task(words.text(WORK[what]), total=total or None)
            bars.update(tasks[what], completed=done, total=total or None)

        yield report


class _Lines:
    def __init__(self, errors: Console, words: Words) -> None:
        self.errors, self.words = errors, words
        self.last = time.monotonic()

    def report(self, what: str, done: int, total: int) -> None:
        now = time.monotonic()
        if now - self.last > QUIET:
            self.last = now
            whole = f" / {total:,}" if total else ""
            self.errors.print(f"{self.words.text(WORK[what])}: {done:,}{whole}", markup=False)
