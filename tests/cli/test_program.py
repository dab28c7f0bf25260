"""Words, exit codes and refusals of the program."""

from __future__ import annotations

import socket
import subprocess
import sys
from pathlib import Path

import pytest

from frontstage.cli import program
from tests.cli.conftest import Terminal


@pytest.mark.parametrize(
    "name",
    ["demo", "serve", "work", "migrate", "charter", "backup", "restore", "doctor", "manage", "version"],
)
def test_every_command_is_on_the_help_page(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert program.run(["--help"]) == 0
    assert f"  {name} " in capsys.readouterr().out


@pytest.mark.parametrize("name", ["demo", "serve", "work", "charter check", "backup", "restore", "doctor"])
def test_the_help_of_a_command_shows_how_it_is_used(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert program.run([*name.split(), "--help"]) == 0
    assert "Example" in capsys.readouterr().out


def test_internal_commands_are_not_shown(capsys: pytest.CaptureFixture[str]) -> None:
    program.run(["--help"])
    shown = capsys.readouterr().out
    assert "\n  web " not in shown
    assert "\n  live " not in shown


def test_help_comes_without_loading_django() -> None:
    code = "import sys; from frontstage.cli import program; program.run(['--help']); "
    code += "print('django' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "False"


@pytest.mark.parametrize(
    "wrong", [["nonsense"], ["serve", "--port", "99999"], ["backup"], ["charter", "check", "no-such-file"]]
)
def test_wrong_use_ends_with_2(wrong: list[str]) -> None:
    assert program.run(wrong) == 2


def test_production_without_a_secret_is_refused_by_name(terminal: Terminal) -> None:
    terminal.mode = "production"
    done = terminal.run("migrate")
    assert done.returncode == 2
    assert "FRONTSTAGE_SECRET_KEY" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_database_that_is_not_there_is_named(terminal: Terminal) -> None:
    done = terminal.run("migrate", DATABASE_URL="postgresql://nobody@127.0.0.1:9/none", FRONTSTAGE_POOL="1")
    assert done.returncode == 1
    assert "DATABASE_URL" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_taken_port_is_said_with_another_to_try(terminal: Terminal) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = terminal.run("serve", f"--port={port}")
    assert done.returncode == 1
    assert f"Port {port}" in done.stderr
    assert "--port" in done.stderr
    assert not (terminal.home / "postgres").exists()


def test_tables_of_another_version_are_not_served(terminal: Terminal) -> None:
    done = terminal.run("work")
    assert done.returncode == 3
    assert "frontstage migrate" in done.stderr


def test_data_of_another_postgresql_is_refused(terminal: Terminal) -> None:
    data = terminal.home / "postgres" / "data"
    data.mkdir(parents=True)
    (data / "PG_VERSION").write_text("16\n")
    done = terminal.run("migrate")
    assert done.returncode == 3
    assert "PostgreSQL 16" in done.stderr


def test_without_a_terminal_there_is_no_colour(terminal: Terminal) -> None:
    done = terminal.run("doctor")
    assert "\x1b" not in done.stdout + done.stderr


def test_the_doctor_names_what_is_wrong_and_the_remedy(terminal: Terminal) -> None:
    done = terminal.run("doctor")
    assert done.returncode == 1
    assert "frontstage migrate" in done.stdout
    terminal.run("migrate")
    mended = terminal.run("doctor")
    assert "all applied" in mended.stdout


def test_the_doctor_looks_at_production_settings(terminal: Terminal, tmp_path: Path) -> None:
    terminal.mode = "production"
    secret = tmp_path / "secret"
    secret.write_text("short")
    done = terminal.run("doctor", FRONTSTAGE_SECRET_KEY_FILE=str(secret), FRONTSTAGE_HOSTS="*")
    assert done.returncode == 1
    assert "too short to be secret" in done.stdout
    assert "every name is accepted" in done.stdout
