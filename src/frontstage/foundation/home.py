"""Where this installation keeps what is its own: the embedded database, attachments, locks."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs


def home() -> Path:
    """FRONTSTAGE_HOME, or the platform's folder for user data. Not created here."""
    if named := os.environ.get("FRONTSTAGE_HOME"):
        return Path(named).expanduser().absolute()
    return Path(platformdirs.user_data_dir("frontstage", appauthor=False))
