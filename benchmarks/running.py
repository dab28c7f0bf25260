"""A throw-away installation with a really running web server, for benchmarks."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def installation() -> Iterator[str]:
    """An embedded server that keeps what it acknowledges, migrated, with Django set up in this process; its URL."""
    home = Path(tempfile.mkdtemp(prefix="frontstage-benchmark-"))
    home.chmod(0o711)
    os.environ |= {"FRONTSTAGE_HOME": str(home), "FRONTSTAGE_MODE": "demonstration", "FRONTSTAGE_POOL": "16"}
    os.environ["DJANGO_SETTINGS_MODULE"] = "frontstage.config.settings"
    from frontstage.foundation.embedded import EmbeddedServer

    with EmbeddedServer(home, durable=True) as server:
        server.ensure_database("frontstage")
        os.environ["DATABASE_URL"] = server.url("frontstage")
        import django

        django.setup()
        from django.core.management import call_command
        from django.db import connections

        call_command("migrate", verbosity=0)
        try:
            yield os.environ["DATABASE_URL"]
        finally:
            connections.close_all()
    subprocess.run(["rm", "-rf", str(home)], check=False)


@contextmanager
def served(target: str) -> Iterator[int]:
    """granian with two processes of four threads, as `frontstage serve --workers 2 --threads 4`; its port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port),
        "--workers", "2", "--blocking-threads", "4", "--no-access-log", "--log-level", "error", target,
    ]  # fmt: skip
    program = subprocess.Popen(command, env={**os.environ, "PYTHONPATH": str(Path.cwd())})
    try:
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        _warm(port)
        yield port
    finally:
        program.send_signal(signal.SIGTERM)
        program.wait(20)


def _warm(port: int) -> None:
    """Until every process has loaded the program: a socket is open long before."""
    for _ in range(24):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        connection.request("GET", "/")
        connection.getresponse().read()
        connection.close()


def rate(port: int, request: Callable[[int], tuple[str, str, bytes, dict[str, str]]], *, clients: int = 8, seconds: float = 6.0) -> float:  # fmt: skip
    """Requests a second that ``clients`` connections get answered with success. Any failure ends the benchmark."""
    counts, failures, begin = [0] * clients, [], time.perf_counter()

    def work(client: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        number = client
        while time.perf_counter() - begin < seconds:
            method, address, body, headers = request(number)
            connection.request(method, address, body=body, headers=headers)
            answer = connection.getresponse()
            said = answer.read()
            if answer.status >= 400:
                failures.append((answer.status, said[:300]))
                return
            counts[client] += 1
            number += clients

    threads = [threading.Thread(target=work, args=(client,)) for client in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise SystemExit(f"a request failed: {failures[0]}")
    return sum(counts) / (time.perf_counter() - begin)
