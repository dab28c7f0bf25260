"""The task app: background work on the same database, deferred in the transaction that asks for it.

Tasks are declared in each module's tasks.py with procrastinate's Django decorators and found on start-up.
"""

from __future__ import annotations

from procrastinate import App


def on_app_ready(app: App) -> None:
    """Nothing to add: procrastinate finds every installed app's tasks.py by itself."""
