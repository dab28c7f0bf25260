"""The program as somebody at a terminal runs it: a process of its own, in a home of its own."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import psutil
import pytest

ROOT = Path(__file__).resolve().parent.parent.parent


def free_port() -> int:
    """A port that nobody listens on now, and whose next one is free too."""
    while True:
        with socket.socket() as first, socket.socket() as second:
            first.bind(("127.0.0.1", 0))
            port = first.getsockname()[1]
            with contextlib.suppress(OSError, OverflowError):
                second.bind(("127.0.0.1", port + 1))
                return int(port)


@dataclass
class Terminal:
    """Runs `frontstage ...`. ``home`` is FRONTSTAGE_HOME; no setting of ours reaches it."""

    home: Path
    mode: str = "demonstration"
    started: list[subprocess.Popen[str]] = field(default_factory=list)

    def environment(self, **more: str) -> dict[str, str]:
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("FRONTSTAGE_", "DATABASE_URL", "DJANGO_", "PYTEST"))
        }
        ours = {
            "FRONTSTAGE_HOME": str(self.home),
            "FRONTSTAGE_MODE": self.mode,
            "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
        }
        return {**kept, **ours, **more}

    def run(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "frontstage.cli", *arguments],
            env=self.environment(**environment),
            capture_output=True,
            text=True,
            timeout=180,
            check=False,
        )

    def python(self, code: str) -> str:
        """What a piece of Python prints that runs on this installation's database."""
        program = "from frontstage.cli import starting\nwith starting.installation() as database:\n"
        program += "".join(f"    {line}\n" for line in code.strip().splitlines())
        done = subprocess.run(
            [sys.executable, "-c", program],
            env=self.environment(),
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def start(self, *arguments: str, **environment: str) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-m", "frontstage.cli", *arguments],
            env=self.environment(**environment),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.started.append(process)
        return process

    def processes(self) -> list[psutil.Process]:
        """Everything that runs for this home: programs, their children, the server, its watcher."""
        found = []
        for one in psutil.process_iter():
            with contextlib.suppress(psutil.Error):
                ours = one.environ().get("FRONTSTAGE_HOME") == str(self.home)
                if ours or any(str(self.home) in word for word in one.cmdline()):
                    found.append(one)
        return found

    def kill_everything(self) -> None:
        """SIGKILL to all of it, the database server first."""
        for one in sorted(self.processes(), key=lambda process: process.name() != "postgres"):
            with contextlib.suppress(psutil.NoSuchProcess):
                one.kill()


@pytest.fixture(scope="session")
def migrated_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with an empty, migrated database, to be copied."""
    terminal = Terminal(tmp_path_factory.mktemp("migrated") / "home")
    done = terminal.run("migrate")
    assert done.returncode == 0, done.stderr
    return terminal.home


@pytest.fixture
def migrated(terminal: Terminal, migrated_home: Path) -> Terminal:
    """A terminal at a home that is migrated already."""
    copy_home(migrated_home, terminal.home)
    return terminal


def copy_home(source: Path, target: Path) -> None:
    # cp, because it keeps the owners: the database's files need not be ours.
    subprocess.run(["cp", "-a", str(source), str(target)], check=True)


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    terminal = Terminal(tmp_path / "home")
    yield terminal
    terminal.kill_everything()
    for process in terminal.started:
        process.communicate()


def answer(url: str, seconds: float = 5) -> int:
    """The status that the address answers with; 0 when nobody does."""
    try:
        with urllib.request.urlopen(url, timeout=seconds) as response:
            return int(response.status)
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return 0


def wait_for(
    condition: Callable[[], bool], program: subprocess.Popen[str] | None = None, seconds: float = 60
) -> None:
    """Until the condition holds; fails with what the program said when that ends or time runs out."""
    deadline = time.monotonic() + seconds
    while not condition():
        ended = program is not None and program.poll() is not None
        if ended or time.monotonic() > deadline:
            if program is not None:
                program.kill()
            said = program.communicate()[0] if program is not None else ""
            pytest.fail(f"it did not happen in time; the program said: {said}")
        time.sleep(0.1)
