"""The embedded PostgreSQL: shared by the programs of a home, gone with the last of them, back after any
kill."""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import psycopg
import pytest

from frontstage.foundation.embedded import EmbeddedServer, EmbeddedServerError, account, process
from frontstage.foundation.embedded.folders import LONGEST_SOCKET_PATH, SOCKET_NAME, Folders

USER = """
import sys, time
from pathlib import Path
from frontstage.foundation.embedded import EmbeddedServer
server = EmbeddedServer(Path(sys.argv[1]))
print("ready", flush=True)
time.sleep(600)
"""


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path / "home"
    end(tmp_path / "home")


def end(home: Path) -> None:
    """Whatever a test left behind."""
    for found in psutil.process_iter(["cmdline"]):
        if any(str(home) in word for word in found.info["cmdline"] or []):
            with contextlib.suppress(psutil.NoSuchProcess):
                found.kill()


@pytest.fixture
def another_program(home: Path) -> Iterator[Callable[[], subprocess.Popen[str]]]:
    """Starts programs that use the server of the home, as other terminals would."""
    started = []

    def start() -> subprocess.Popen[str]:
        program = subprocess.Popen([sys.executable, "-c", USER, str(home)], stdout=subprocess.PIPE, text=True)
        assert program.stdout is not None
        assert program.stdout.readline().strip() == "ready"
        started.append(program)
        return program

    yield start
    for program in started:
        program.kill()
        program.wait()


def pid_of(home: Path) -> int | None:
    found = process.postmaster(Folders(home))
    return found.pid if found else None


def gone_within(home: Path, seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if pid_of(home) is None:
            return True
        time.sleep(0.05)
    return False


def watchers(home: Path) -> list[psutil.Process]:
    found = psutil.process_iter(["cmdline"])
    return [
        one
        for one in found
        if any("watcher.py" in word for word in one.info["cmdline"] or [])
        and any(str(home) in word for word in one.info["cmdline"])
    ]


def test_it_keeps_what_was_written_and_leaves_nothing_running(home: Path) -> None:
    with EmbeddedServer(home) as server:
        assert server.ensure_database() is True
        with psycopg.connect(server.url()) as connection:
            connection.execute("CREATE TABLE kept AS SELECT 42 AS answer")
    assert pid_of(home) is None
    with EmbeddedServer(home) as server:
        assert server.ensure_database() is False
        with psycopg.connect(server.url()) as connection:
            assert connection.execute("SELECT answer FROM kept").fetchone() == (42,)


def test_it_is_durable_private_and_speaks_utc(home: Path) -> None:
    wanted = {
        "synchronous_commit": "on",
        "fsync": "on",
        "full_page_writes": "on",
        "listen_addresses": "",
        "jit": "off",
        "TimeZone": "UTC",
        "max_connections": "100",
        "shared_buffers": "256MB",
        "server_encoding": "UTF8",
        "data_checksums": "on",
    }
    with EmbeddedServer(home) as server, psycopg.connect(server.url("postgres")) as connection:
        for name, value in wanted.items():
            assert connection.execute("SELECT current_setting(%s)", [name]).fetchone() == (value,), name
        provider = connection.execute("SELECT datlocprovider, datlocale FROM pg_database LIMIT 1").fetchone()
        assert provider == ("b", "C.UTF-8")
        assert server.folders.socket.stat().st_mode & 0o777 == 0o700
        assert server.folders.data.stat().st_mode & 0o777 == 0o700


def test_programs_share_one_server_and_the_last_to_leave_stops_it(home: Path) -> None:
    first = EmbeddedServer(home, durable=False)
    pid = pid_of(home)
    second = EmbeddedServer(home, durable=False)
    assert pid_of(home) == pid
    first.close()
    assert process.answers(second.folders)
    second.close()
    assert pid_of(home) is None


def test_a_second_program_joins_and_outlives_the_one_that_started_it(
    home: Path, another_program: Callable[[], subprocess.Popen[str]]
) -> None:
    starter = another_program()
    joined = EmbeddedServer(home, durable=False)
    starter.kill()
    starter.wait()
    time.sleep(0.3)
    assert process.answers(joined.folders)
    joined.close()
    assert pid_of(home) is None


def test_a_server_whose_programs_were_all_killed_stops_by_itself(
    home: Path, another_program: Callable[[], subprocess.Popen[str]]
) -> None:
    programs = [another_program(), another_program()]
    for program in programs:
        program.kill()
    assert gone_within(home, 15)


def test_an_orphaned_server_is_taken_over(
    home: Path, another_program: Callable[[], subprocess.Popen[str]]
) -> None:
    program = another_program()
    pid = pid_of(home)
    for watcher in watchers(home):
        watcher.kill()
    program.kill()
    program.wait()
    with EmbeddedServer(home, durable=False):
        assert pid_of(home) == pid
    assert pid_of(home) is None


def test_it_recovers_when_everything_was_killed(
    home: Path, another_program: Callable[[], subprocess.Popen[str]]
) -> None:
    program = another_program()
    with psycopg.connect(
        host=str(Folders(home).socket), port=5432, user="frontstage", dbname="postgres", autocommit=True
    ) as connection:
        connection.execute("CREATE TABLE acknowledged AS SELECT 1")
        server = process.postmaster(Folders(home))
        assert server is not None
        for one in [*watchers(home), server, *server.children(recursive=True)]:
            with contextlib.suppress(psutil.NoSuchProcess):
                one.kill()
    program.kill()
    program.wait()
    assert Folders(home).pid_file.exists()
    with EmbeddedServer(home, durable=False) as again, psycopg.connect(again.url("postgres")) as connection:
        assert connection.execute("SELECT * FROM acknowledged").fetchone() == (1,)


def test_a_pid_file_that_now_names_another_program_does_not_stop_it(home: Path) -> None:
    EmbeddedServer(home, durable=False).close()
    Folders(home).pid_file.write_text(f"{os.getpid()}\n{Folders(home).data}\n")
    with EmbeddedServer(home, durable=False) as server:
        assert process.answers(server.folders)


def test_a_first_start_that_was_cut_off_is_begun_anew(home: Path) -> None:
    left = Folders(home).base / "data.making"
    left.mkdir(parents=True)
    (left / "PG_VERSION").write_text("18\n")
    with EmbeddedServer(home, durable=False) as server:
        assert process.answers(server.folders)
    assert not left.exists()


def test_data_of_another_major_version_is_refused_and_not_touched(home: Path) -> None:
    EmbeddedServer(home, durable=False).close()
    version_file = Folders(home).data / "PG_VERSION"
    version_file.write_text("17\n")
    with pytest.raises(EmbeddedServerError) as refused:
        EmbeddedServer(home, durable=False)
    assert "PostgreSQL 17" in refused.value.reason
    assert "frontstage backup" in refused.value.remedy
    assert version_file.read_text() == "17\n"
    # Nothing is held after a refusal.
    version_file.write_text("18\n")
    EmbeddedServer(home, durable=False).close()


def test_a_home_with_a_long_path_has_its_socket_elsewhere_but_as_private(tmp_path: Path) -> None:
    home = tmp_path / ("a-folder-with-a-rather-long-name-" * 4) / "家"
    with EmbeddedServer(home, durable=False) as server:
        assert len(os.fsencode(server.folders.socket / SOCKET_NAME)) <= LONGEST_SOCKET_PATH
        assert server.folders.socket.stat().st_mode & 0o777 == 0o700
        assert process.answers(server.folders)
    assert not server.folders.socket.exists()


def test_a_socket_folder_that_somebody_else_made_is_refused(tmp_path: Path) -> None:
    home = tmp_path / ("another-folder-with-a-rather-long-name-" * 4)
    socket = Folders(home).socket
    somewhere = tmp_path / "theirs"
    somewhere.mkdir()
    socket.symlink_to(somewhere)
    try:
        with pytest.raises(EmbeddedServerError, match="another account"):
            EmbeddedServer(home, durable=False)
    finally:
        socket.unlink()


def test_a_home_that_cannot_be_made_is_refused_with_a_remedy(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(EmbeddedServerError) as refused:
        EmbeddedServer(tmp_path / "file" / "home")
    assert "FRONTSTAGE_HOME" in refused.value.remedy


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that every account may pass through, unlike pytest's own."""
    folder = Path(tempfile.mkdtemp(dir="/tmp"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


def test_reachable_asks_every_folder_on_the_way(open_folder: Path) -> None:
    inner = open_folder / "outer" / "inner"
    inner.mkdir(parents=True)
    (inner / "file").touch(mode=0o644)
    assert account.reachable(inner / "file", uid=65534, gid=65534)
    (inner / "file").chmod(0o600)
    assert not account.reachable(inner / "file", uid=65534, gid=65534)
    (inner / "file").chmod(0o644)
    (open_folder / "outer").chmod(0o700)
    assert not account.reachable(inner / "file", uid=65534, gid=65534)
    owner = inner.stat()
    assert account.reachable(inner / "file", uid=owner.st_uid, gid=owner.st_gid)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root needs another account")
def test_root_runs_it_under_an_unprivileged_account_even_below_a_closed_folder(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    with EmbeddedServer(closed / "home", durable=False) as server:
        running = process.postmaster(server.folders)
        assert running is not None
        assert running.uids().effective == pwd.getpwnam(account.UNPRIVILEGED).pw_uid


def test_the_watcher_leaves_a_newer_server_alone(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One that gets the lock late finds another server's pid than it was left with, and ends."""
    from frontstage.foundation.embedded import watcher

    home.mkdir()
    (home / "users.lock").touch()
    newer = subprocess.Popen(["sleep", "60"])
    try:
        pids = iter([newer.pid + 1, newer.pid])
        monkeypatch.setattr(watcher, "postmaster_pid", lambda pid_file: next(pids))
        watcher.main(str(home / "users.lock"), home / "postmaster.pid")
        assert newer.poll() is None
    finally:
        newer.kill()
        newer.wait()
