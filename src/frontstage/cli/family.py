"""The processes of one program run: started together, watched, ended together."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from types import TracebackType

from frontstage.cli import exits
from frontstage.cli.output import complain

# A process that lived this long has shown that it can; when it dies it is started anew.
PROVEN_AFTER = 10.0
STOP_WITHIN = 8.0


@dataclass
class Child:
    """One process: a frontstage command of its own."""

    name: str
    arguments: tuple[str, ...]
    process: subprocess.Popen[bytes] = field(init=False)
    started: float = field(init=False)

    def start(self) -> None:
        self.started = time.monotonic()
        # A session of its own: Ctrl-C reaches the parent alone, which ends its children in order.
        self.process = subprocess.Popen(
            [sys.executable, "-m", "frontstage.cli", *self.arguments],
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )


class Family:
    """Use as a context: leaving it ends every child."""

    def __init__(self) -> None:
        self.children: list[Child] = []

    def start(self, name: str, *arguments: str) -> None:
        child = Child(name, arguments)
        child.start()
        self.children.append(child)

    def look_after(self) -> None:
        """Start anew what died after it had worked; Stop when one dies at once, for it would die again."""
        for child in self.children:
            code = child.process.poll()
            if code is None:
                continue
            if time.monotonic() - child.started < PROVEN_AFTER:
                raise exits.Stop(
                    f"The {child.name} process ended with code {code}.", remedy="What it said is above."
                )
            complain(f"the {child.name} process ended with code {code}; starting it again")
            child.start()

    def wait_until(self, ready: Callable[[], bool], *, seconds: float) -> bool:
        """Look after the children until ``ready``. False if that did not come in time."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            self.look_after()
            if ready():
                return True
            time.sleep(0.1)
        return False

    def wait_for_ever(self) -> None:
        """Until a signal raises Ended."""
        while True:
            self.look_after()
            time.sleep(0.25)

    def stop(self) -> None:
        for child in self.children:
            if child.process.poll() is None:
                child.process.terminate()
        deadline = time.monotonic() + STOP_WITHIN
        for child in self.children:
            try:
                child.process.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                child.process.kill()
                child.process.wait()

    def __enter__(self) -> Family:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
