"""`frontstage serve` and `work` beside it: pages, files, live events, and a clean end."""

from __future__ import annotations

import http.client
import json
import signal
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.cli.conftest import Terminal, answer, copy_home, free_port, wait_for

HAPPEN = """
from django.db import transaction
from django.utils import timezone
from frontstage.foundation.actors import SYSTEM
from frontstage.foundation.events import Subject, record
now = timezone.now()
with transaction.atomic():
    for number, audience in {happenings}:
        record("case.noted", now=now, actor=SYSTEM, subject=Subject("case", number), audience=[audience])
"""
TOKEN = "from frontstage.foundation.live import live_token; print(live_token(['staff', 'user:5'], 5))"

pytestmark = pytest.mark.xdist_group("serving")


@dataclass
class Served:
    terminal: Terminal
    port: int
    program: subprocess.Popen[str]

    def happen(self, *happenings: tuple[int, str]) -> None:
        self.terminal.python(HAPPEN.format(happenings=list(happenings)))

    def ask(self, path: str, port: int | None = None, **headers: str) -> http.client.HTTPResponse:
        connection = http.client.HTTPConnection("127.0.0.1", port or self.port, timeout=20)
        connection.request("GET", path, headers=headers)
        return connection.getresponse()

    def listen(self, token: str, **headers: str) -> http.client.HTTPResponse:
        return self.ask(f"/live/?token={token}", self.port + 1, **headers)


def serve(terminal: Terminal) -> Served:
    port = free_port()
    program = terminal.start(
        "serve", f"--port={port}", f"--live-port={port + 1}", "--workers=2", "--threads=2"
    )
    wait_for(lambda: answer(f"http://127.0.0.1:{port}/healthz") == 503, program)
    wait_for(lambda: answer(f"http://127.0.0.1:{port + 1}/") == 404, program)
    return Served(terminal, port, program)


@pytest.fixture(scope="module")
def served(migrated_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """One program for all tests that leave it running."""
    terminal = Terminal(tmp_path_factory.mktemp("served") / "home")
    copy_home(migrated_home, terminal.home)
    yield serve(terminal)
    terminal.kill_everything()


def hear(stream: http.client.HTTPResponse, *subjects: int, within: range) -> list[int]:
    """The subjects of the events of this test (``within``), in order, until all of ``subjects`` were
    heard."""
    heard: list[int] = []
    while not set(subjects) <= set(heard):
        line = stream.readline()
        assert line, "the stream ended"
        if line.startswith(b"data: ") and (subject := json.loads(line[6:])["subject"]) in within:
            heard.append(subject)
    return heard


def test_it_is_well_once_a_worker_works_beside_it(served: Served) -> None:
    said = json.loads(served.ask("/healthz").read())
    assert (said["status"], said["worker"]) == ("failed", "none has started: run frontstage work")
    worker = served.terminal.start("work")
    wait_for(lambda: answer(f"http://127.0.0.1:{served.port}/healthz") == 200, worker)
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(15) == 0


def test_built_files_are_served_and_kept_by_browsers(served: Served) -> None:
    from tests.checks.bundles import DIST

    name = json.loads((DIST / "manifest.json").read_text())["files"]["shell.css"]
    response = served.ask(f"/static/dist/{name}")
    assert response.status == 200
    assert response.read() == (DIST / name).read_bytes()
    assert "max-age" in (response.getheader("cache-control") or "")
    assert served.ask("/static/../settings.py").status == 404


def test_pages_may_reach_the_live_process_and_nothing_else(served: Served) -> None:
    response = served.ask("/account/login/")
    policy = dict(
        part.strip().split(" ", 1)
        for part in (response.getheader("content-security-policy") or "").split(";")
        if " " in part.strip()
    )
    assert policy["connect-src"] == f"'self' http://*:{served.port + 1}"


def test_events_arrive_as_they_happen_for_those_they_are_meant_for(served: Served) -> None:
    token = served.terminal.python(TOKEN).strip()
    stream = served.listen(token, Origin=f"http://127.0.0.1:{served.port}")
    assert stream.status == 200
    assert stream.getheader("access-control-allow-origin") == f"http://127.0.0.1:{served.port}"
    served.happen((11, "case:1"), (12, "user:5"), (13, "staff"))
    assert hear(stream, 13, within=range(10, 20)) == [12, 13]


def test_a_page_that_comes_back_hears_what_it_missed(served: Served) -> None:
    token = served.terminal.python(TOKEN).strip()
    first = served.listen(token)
    served.happen((21, "staff"))
    while not (line := first.readline()).startswith(b"id: "):
        pass
    first.close()
    served.happen((22, "staff"), (23, "case:9"), (24, "staff"))
    again = served.listen(token, **{"Last-Event-ID": line[4:].decode().strip()})
    # The one of a moment ago is told again: it might have overtaken another.
    assert hear(again, 24, within=range(20, 30)) == [21, 22, 24]


def test_a_page_made_before_an_event_hears_of_it_though_it_listens_later(served: Served) -> None:
    token = served.terminal.python(TOKEN).strip()
    served.happen((31, "staff"))
    assert hear(served.listen(token), 31, within=range(30, 40)) == [31]


def test_strangers_and_other_sites_hear_nothing(served: Served) -> None:
    assert served.listen("made-up").status == 403
    token = served.terminal.python(TOKEN).strip()
    assert (
        served.listen(token, Origin="https://elsewhere.example").getheader("access-control-allow-origin")
        is None
    )


@pytest.mark.parametrize("asked", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_cleanly_and_leaves_nothing_running(migrated: Terminal, asked: signal.Signals) -> None:
    served = serve(migrated)
    served.listen(migrated.python(TOKEN).strip())
    served.program.send_signal(asked)
    began = time.monotonic()
    assert served.program.wait(15) == 0
    assert time.monotonic() - began < 8
    assert migrated.processes() == []


def test_everything_ends_when_it_is_killed(migrated: Terminal) -> None:
    serve(migrated).program.kill()
    wait_for(lambda: migrated.processes() == [], seconds=20)
