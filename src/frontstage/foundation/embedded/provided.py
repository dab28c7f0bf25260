"""The database that this run of the program uses: the one named by DATABASE_URL, or the embedded one."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from frontstage.foundation.embedded.server import DATABASE, EmbeddedServer
from frontstage.foundation.home import home


@dataclass(frozen=True)
class ProvidedDatabase:
    """``url`` of the database; ``server`` when it is the embedded one; ``created`` when it was made just
    now."""

    url: str
    server: EmbeddedServer | None = None
    created: bool = False


@contextmanager
def provided_database(name: str = DATABASE) -> Iterator[ProvidedDatabase]:
    """See to it that there is a database, and set DATABASE_URL for this process and its children.

    ``name`` is the database's on the embedded server; one named by DATABASE_URL is taken as it is.
    """
    if (url := os.environ.get("DATABASE_URL")) or os.environ.get("DATABASE_URL_FILE"):
        yield ProvidedDatabase(url=url or "")
        return
    with EmbeddedServer(home()) as server:
        created = server.ensure_database(name)
        os.environ["DATABASE_URL"] = server.url(name)
        try:
            yield ProvidedDatabase(url=server.url(name), server=server, created=created)
        finally:
            os.environ.pop("DATABASE_URL", None)
