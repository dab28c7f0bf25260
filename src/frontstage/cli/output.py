"""What the program prints: colour and moving bars only on a terminal, plain lines anywhere else."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn

console = Console(highlight=False, soft_wrap=True)
errors = Console(stderr=True, highlight=False, soft_wrap=True)

# Called with what is being done, how much of it is done, and how much there is.
Report = Callable[[str, int, int], None]
PLAIN_EVERY = 10.0  # seconds between plain lines about one piece of work


def complain(reason: str, remedy: str = "") -> None:
    errors.print(f"[bold red]frontstage:[/] {_plain(reason)}")
    if remedy:
        errors.print(_plain(remedy))


def _plain(text: str) -> str:
    return text.replace("[", r"\[")


@contextmanager
def progress() -> Iterator[Report]:
    """Bars for long work, one for each thing reported; without a terminal a line at its beginning, now and
    then, and end."""
    if not console.is_terminal:
        yield _Lines().report
        return
    columns = (TextColumn("{task.description:<34}"), BarColumn(), TaskProgressColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console) as bars:
        tasks: dict[str, object] = {}

        def report(label: str, done: int, total: int) -> None:
            if label not in tasks:
                tasks[label] = bars.add_task(label, total=total)
            bars.update(tasks[label], completed=done, total=total)  # type: ignore[arg-type]

        yield report


class _Lines:
    def __init__(self) -> None:
        self._printed: dict[str, float] = {}

    def report(self, label: str, done: int, total: int) -> None:
        now = time.monotonic()
        if label in self._printed and done < total and now - self._printed[label] < PLAIN_EVERY:
            return
        if self._printed.get(label) == float("inf"):
            return
        self._printed[label] = float("inf") if done >= total else now
        console.print(f"{label}: {done:,} of {total:,}")
