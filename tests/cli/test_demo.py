"""`frontstage demo`: seeded once, opened in seconds, ended cleanly, begun anew when its making was cut
off."""

from __future__ import annotations

import signal
import subprocess
import time

import pytest

from tests.cli.conftest import Terminal, answer, free_port, wait_for

FEW = "--customers=30"
COUNTS = """
from frontstage.customers.public import Customer
from frontstage.foundation.models import Event
from frontstage.people.public import User
print(Customer.objects.count(), User.objects.count(), Event.objects.filter(name="demonstration.seeded").count())
"""

pytestmark = pytest.mark.xdist_group("demo")


def opened(terminal: Terminal, port: int) -> tuple[subprocess.Popen[str], float]:
    """The running demonstration, and the seconds it took to open."""
    began = time.monotonic()
    program = terminal.start("demo", FEW, PORT=str(port))
    wait_for(lambda: answer(f"http://127.0.0.1:{port}/healthz") == 200, program, seconds=240)
    return program, time.monotonic() - began


def test_it_seeds_once_opens_quickly_the_second_time_and_ends_on_either_signal(terminal: Terminal) -> None:
    port = free_port()
    first, _ = opened(terminal, port)
    assert answer(f"http://127.0.0.1:{port}/") == 200
    counts = terminal.python(COUNTS)
    time.sleep(1)  # the table of sign-ins is printed once it is well
    first.send_signal(signal.SIGINT)
    said, _ = first.communicate(timeout=15)
    assert first.returncode == 0
    assert f"http://127.0.0.1:{port}" in said
    for name in ("liu", "chen, wang", "zhao", "sun, zhou", "lin", "he", "admin", "binjiang-2026"):
        assert name in said
    assert terminal.processes() == []

    second, _ = opened(terminal, port)
    assert terminal.python(COUNTS) == counts
    assert counts.split()[-1] == "1"
    time.sleep(1)
    second.send_signal(signal.SIGTERM)
    said, _ = second.communicate(timeout=15)
    assert second.returncode == 0
    assert "Cases" not in said  # nothing was made: it opens in seconds
    assert terminal.processes() == []


def test_one_that_was_killed_while_it_was_made_is_made_anew(migrated: Terminal) -> None:
    # What a killed seeding leaves: some rows, and no word that it is complete.
    migrated.python(
        "from frontstage.people.public import User; User.objects.create_user('half', password='x')"
    )
    counts = migrated.python(
        "from frontstage.cli import demonstration\n"
        "demonstration.prepare(database, 10, lambda *said: None)" + COUNTS
    )
    assert counts.split()[-1] == "1"
    found = "from frontstage.people.public import User; print(User.objects.filter(username='half').exists())"
    assert migrated.python(found) == "False\n"


def test_another_organisations_database_is_refused(migrated: Terminal) -> None:
    """With DATABASE_URL set, nothing is dropped, ever."""
    migrated.python(
        "from frontstage.people.public import User; User.objects.create_user('theirs', password='x')"
    )
    code = """
import os, subprocess, sys
environment = {**os.environ, "FRONTSTAGE_HOME": os.environ["FRONTSTAGE_HOME"] + "-other"}
done = subprocess.run([sys.executable, "-m", "frontstage.cli", "demo", "--port=%d"], env=environment, capture_output=True, text=True)
print(done.returncode, done.stderr)
from frontstage.people.public import User
print(User.objects.filter(username="theirs").exists())
"""
    said = migrated.python(code % free_port())
    assert said.startswith("3 ")
    assert "not a complete demonstration" in said
    assert said.endswith("True\n")
