"""A really running program (web, live and worker processes on a seeded database) and a real browser.

All browser tests share one worker, one program and one browser; each test has its own browser context.
SITE=http://127.0.0.1:8000 runs them against a program that is open already.
"""

from __future__ import annotations

import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

PASSWORD = "binjiang-2026"
CUSTOMERS = 60
OPEN_WITHIN = 240.0  # seconds, seeding and a busy machine included
# A browser that asks nobody but the program.
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
DESK = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.xdist_group("end_to_end"))


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _is_well(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


def _wait_until_open(program: subprocess.Popen[bytes], port: int, said: Path) -> None:
    deadline = time.monotonic() + OPEN_WITHIN
    while time.monotonic() < deadline:
        if program.poll() is not None or _is_well(port):
            break
        time.sleep(0.3)
    if program.poll() is not None or not _is_well(port):
        program.kill()
        pytest.fail(f"the program did not open:\n{said.read_text(errors='replace')[-4000:]}")


@pytest.fixture(scope="session")
def site() -> Iterator[str]:
    """The address of a running demonstration with a small year of service."""
    if given := os.environ.get("SITE"):
        yield given.rstrip("/")
        return
    home = Path(tempfile.mkdtemp(prefix="frontstage-site-"))
    home.chmod(0o711)
    port, said = _free_port(), home / "said.txt"
    kept = {k: v for k, v in os.environ.items() if k not in {"DATABASE_URL", "DJANGO_SETTINGS_MODULE"}}
    environment = {**kept, "FRONTSTAGE_HOME": str(home), "FRONTSTAGE_MODE": "demonstration"}
    command = [sys.executable, "-m", "frontstage.cli", "demo", f"--port={port}", f"--customers={CUSTOMERS}"]
    with said.open("wb") as output:
        program = subprocess.Popen(command, env=environment, stdout=output, stderr=output)
        try:
            _wait_until_open(program, port, said)
            yield f"http://127.0.0.1:{port}"
        finally:
            program.send_signal(signal.SIGTERM)
            try:
                program.wait(20)
            except subprocess.TimeoutExpired:
                program.kill()
            shutil.rmtree(home, ignore_errors=True)


def _chromium() -> str | None:
    """The system's browser; None: the one that playwright installed for itself."""
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    return os.environ.get("CHROMIUM") or next((path for name in names if (path := shutil.which(name))), None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=_chromium(), args=QUIET)
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def kept_sign_ins() -> dict[str, object]:
    """Signed in once a person, for sign-in is throttled."""
    return {}


Opener = Callable[..., Page]


@pytest.fixture
def open_as(site: str, browser: Browser, kept_sign_ins: dict[str, object]) -> Iterator[Opener]:
    """open_as("chen", size=PHONE, language="zh-hans") -> a page of that person's own browser; None: a stranger."""
    contexts: list[BrowserContext] = []

    def opener(
        person: str | None, *, size: dict[str, int] = DESK, language: str = "en", dark: bool = False
    ) -> Page:
        if person and person not in kept_sign_ins:
            kept_sign_ins[person] = _sign_in(browser, site, person)
        context = browser.new_context(
            base_url=site,
            viewport=size,  # type: ignore[arg-type]
            color_scheme="dark" if dark else "light",
            storage_state=kept_sign_ins.get(person) if person else None,  # type: ignore[arg-type]
            reduced_motion="reduce",
        )
        context.add_cookies([{"name": "django_language", "value": language, "url": site}])
        contexts.append(context)
        return context.new_page()

    yield opener
    for context in contexts:
        context.close()


def _sign_in(browser: Browser, site: str, person: str) -> object:
    context = browser.new_context(base_url=site)
    page = context.new_page()
    page.goto("/account/login/")
    page.fill("[name=login]", person)
    page.fill("[name=password]", PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_url(lambda address: "/account/login" not in address)
    state = context.storage_state()
    context.close()
    return state
