"""Where the server's files lie in an installation's home, and who may enter."""

from __future__ import annotations

import contextlib
import hashlib
import os
import stat
import sys
from dataclasses import dataclass
from pathlib import Path

from frontstage.foundation.embedded.account import Account
from frontstage.foundation.embedded.errors import EmbeddedServerError

SOCKET_NAME = ".s.PGSQL.5432"
LONGEST_SOCKET_PATH = 103 if sys.platform == "darwin" else 107


@dataclass(frozen=True)
class Folders:
    """The places of one home. Nothing is created by looking at them."""

    home: Path

    @property
    def base(self) -> Path:
        return self.home / "postgres"

    @property
    def data(self) -> Path:
        return self.base / "data"

    @property
    def log(self) -> Path:
        return self.base / "log"

    @property
    def users_lock(self) -> Path:
        return self.home / "users.lock"

    @property
    def start_lock(self) -> Path:
        return self.home / "start.lock"

    @property
    def pid_file(self) -> Path:
        return self.data / "postmaster.pid"

    @property
    def socket(self) -> Path:
        """The folder of the server's socket: in the home, or in /tmp when the home's path is too long for a
        socket."""
        inside = self.base / "run"
        if len(os.fsencode(inside / SOCKET_NAME)) <= LONGEST_SOCKET_PATH:
            return inside
        digest = hashlib.sha256(os.fsencode(self.home)).hexdigest()[:16]
        return Path("/tmp") / f"frontstage-{os.geteuid()}-{digest}"  # noqa: S108  # made 0700 and checked

    def forget_socket(self) -> None:
        """Remove the socket's folder where it lies outside the home."""
        if self.socket.parent != self.base:
            with contextlib.suppress(OSError):
                self.socket.rmdir()


def make_home(home: Path) -> None:
    """Create the home, open to nobody but us and those who only pass through."""
    try:
        home.mkdir(parents=True, exist_ok=True, mode=0o711)
        (home / "users.lock").touch(mode=0o600)
    except OSError as error:
        raise EmbeddedServerError(
            f"Frontstage keeps its data in {home}, which cannot be written: {error.strerror}.",
            remedy="Set FRONTSTAGE_HOME to a folder that may be written.",
        ) from error


def make_private(folder: Path, account: Account) -> None:
    """Make ``folder`` the account's alone (0700), or refuse when somebody else was there first."""
    try:
        folder.mkdir(mode=0o700)
        account.own(folder)
    except FileExistsError:
        state = folder.lstat()
        if not stat.S_ISDIR(state.st_mode) or state.st_uid not in {account.uid, os.geteuid()}:
            raise EmbeddedServerError(
                f"{folder} belongs to another account, so Frontstage will not put its database there.",
                remedy=f"Remove {folder} if it is not needed, or set FRONTSTAGE_HOME to another folder, or "
                "start Frontstage as the account that owns it.",
            ) from None
        folder.chmod(0o700)
        account.own(folder)
