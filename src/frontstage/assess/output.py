"""What the measuring commands write: all files or none, and progress on the error stream."""

from __future__ import annotations

import glob
import os
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from frontstage.assess.words import Words, _
from frontstage.measure.errors import MeasureError


class _Piped(Console):
    """A reader that has gone (frontstage ... | head) is told to the caller, who ends in peace."""

    def on_broken_pipe(self) -> None:
        raise BrokenPipeError


console = _Piped(highlight=False, soft_wrap=True)
ENDINGS = (".html", ".pdf", ".xlsx")
WORK = {"bootstrap": _("Replicates"), "groups": _("Comparing groups"), "rows": _("Reading rows")}
# Work that takes less is not worth a line.
QUIET = 2.0
# File systems allow 255 bytes; the passing name is a little longer than the file's own.
LONGEST_NAME = 240

Report = Callable[[str, int, int], None]


def check_outputs(reports: Sequence[str], json_file: str | None, inputs: Sequence[str]) -> None:
    """Refuse what could not or must not be written before hours of work end in it.

    ``inputs`` are the data (a file, a folder or a glob) and the model: nothing is ever written over them.
    """
    for name in reports:
        if Path(name).suffix.lower() not in ENDINGS:
            raise MeasureError(
                "report_ending", f"{name}: a report is {', '.join(ENDINGS)}, by its ending.",
                "Name it report.html, for example.", file=name, known=list(ENDINGS),
            )  # fmt: skip
    read = {file for name in inputs for file in _files(name)}
    taken: set[str] = set()
    for name in [*reports, *([json_file] if json_file is not None and json_file != "-" else [])]:
        where = os.path.realpath(name)
        if not _is_writable(name, where):
            raise MeasureError(
                "cannot_write", f"{name} cannot be written.", "Choose a folder where you may write.",
                file=name, reason="",
            )  # fmt: skip
        if where in read:
            raise MeasureError(
                "output_is_input", f"{name} is what is read: writing would destroy it.",
                "Give the output another name.", file=name,
            )  # fmt: skip
        if where in taken:
            raise MeasureError(
                "output_twice", f"{name} is named twice: one output would replace the other.",
                "Give each its own name.", file=name,
            )  # fmt: skip
        taken.add(where)


def _files(name: str) -> set[str]:
    """The files behind an input; empty for a shipped name."""
    inside = Path(name).rglob("*") if Path(name).is_dir() else map(Path, glob.glob(name))  # noqa: PTH207
    return {os.path.realpath(each) for each in [Path(name), *inside] if each.is_file()}


def _is_writable(name: str, where: str) -> bool:
    """A new or an ordinary file in a folder where one may write. A device would be replaced by a file."""
    path = Path(where)
    try:
        if not name or len(os.fsencode(path.name)) > LONGEST_NAME or (path.exists() and not path.is_file()):
            return False
        return path.parent.is_dir() and os.access(path.parent, os.W_OK)
    except (OSError, ValueError):
        return False


def write_all(files: Mapping[Path, bytes]) -> None:
    """Each file under a passing name first; only when all are written do they take their own names."""
    passing = {
        path: path.with_name(f".{path.name}.{os.getpid()}")
        for path in map(Path, map(os.path.realpath, files))
    }
    contents = dict(zip(passing, files.values(), strict=True))
    try:
        for path, content in contents.items():
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
