"""Children end with their parent, even when it is killed."""

from __future__ import annotations

import subprocess
import sys
import time

import psutil

PARENT = """
import subprocess, sys, time
from frontstage.foundation.lifeline import lifeline
with lifeline():
    command = [sys.executable, "-c", sys.argv[1]]
    child = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True)
    child.stdout.readline()
    print(child.pid, flush=True)
    time.sleep(600)
"""
WILLING = """
import time
from frontstage.foundation.lifeline import hold_on
hold_on()
print("ready", flush=True)
time.sleep(600)
"""
DEAF = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN)" + WILLING


def end_of_child(source: str) -> float:
    """Seconds that the child outlived its killed parent."""
    parent = subprocess.Popen([sys.executable, "-c", PARENT, source], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    child = psutil.Process(int(parent.stdout.readline()))
    parent.kill()
    parent.wait()
    began = time.monotonic()
    try:
        child.wait(15)
    finally:
        if child.is_running():
            child.kill()
    return time.monotonic() - began


def test_a_child_ends_at_once_when_its_parent_is_killed() -> None:
    assert end_of_child(WILLING) < 2


def test_a_child_that_ignores_being_asked_ends_within_seconds() -> None:
    assert end_of_child(DEAF) < 8


def test_without_a_parent_nothing_is_waited_for() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "from frontstage.foundation.lifeline import hold_on; hold_on()"], check=False
    )
    assert done.returncode == 0
