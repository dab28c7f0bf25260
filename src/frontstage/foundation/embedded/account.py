"""The account that the server runs under: our own, or an unprivileged one when we are root (PostgreSQL
refuses root).

An unprivileged account may be unable to reach a folder below, say, /root (0700). Then the server keeps one
capability, to pass through folders, given by setpriv; it needs no other right, because its own folders belong
to its account.
"""

from __future__ import annotations

import os
import pwd
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from frontstage.foundation.embedded.errors import EmbeddedServerError

UNPRIVILEGED = "nobody"
# The smaller right first; containers often grant only the second. Bits of CapEff in /proc/self/status.
PASSING_CAPABILITIES = (("dac_read_search", 2), ("dac_override", 1))


@dataclass(frozen=True)
class Account:
    """How to run a program of the server: ``prefix`` before its command, ``options`` for subprocess, owner of
    its files."""

    uid: int
    gid: int
    prefix: tuple[str, ...] = ()
    switches: bool = False

    @property
    def options(self) -> dict[str, Any]:
        if self.switches and not self.prefix:
            return {"user": self.uid, "group": self.gid, "extra_groups": []}
        return {}

    def own(self, path: Path) -> None:
        """Give a file or folder to this account."""
        if self.switches:
            os.chown(path, self.uid, self.gid)


def account_for(paths: Iterable[Path]) -> Account:
    """The account that runs the server and can reach ``paths`` (which exist)."""
    if os.geteuid() != 0:
        return Account(uid=os.geteuid(), gid=os.getegid())
    try:
        entry = pwd.getpwnam(UNPRIVILEGED)
    except KeyError:
        raise EmbeddedServerError(
            f"PostgreSQL does not run as root, and this system has no account {UNPRIVILEGED!r} to run it "
            "under.",
            remedy="Start Frontstage as an ordinary user, or set DATABASE_URL to a PostgreSQL server.",
        ) from None
    blocked = [path for path in paths if not reachable(path, entry.pw_uid, entry.pw_gid)]
    prefix = _passing_prefix(entry.pw_uid, entry.pw_gid, blocked) if blocked else ()
    return Account(uid=entry.pw_uid, gid=entry.pw_gid, prefix=prefix, switches=True)


def reachable(path: Path, uid: int, gid: int) -> bool:
    """Whether an account with this user and group, and no other right, may pass to ``path`` and read it."""
    steps: Sequence[Path] = [*reversed(path.resolve().parents), path.resolve()]
    for step in steps:
        state = step.stat()
        shift = 6 if state.st_uid == uid else 3 if state.st_gid == gid else 0
        needed = 0o1 if step.is_dir() else 0o4
        if not (state.st_mode >> shift) & needed:
            return False
    return True


def _passing_prefix(uid: int, gid: int, blocked: Sequence[Path]) -> tuple[str, ...]:
    setpriv, capability = shutil.which("setpriv"), _passing_capability()
    if setpriv is None or capability is None:
        raise EmbeddedServerError(
            f"PostgreSQL does not run as root, and the account {UNPRIVILEGED!r} cannot reach {blocked[0]}.",
            remedy="Start Frontstage as an ordinary user, or install it and set FRONTSTAGE_HOME where every "
            "account may pass (for example /opt and /var/lib/frontstage), or install util-linux for its "
            "program setpriv.",
        )
    return (
        setpriv,
        f"--reuid={uid}",
        f"--regid={gid}",
        "--clear-groups",
        f"--inh-caps=-all,+{capability}",
        f"--ambient-caps=-all,+{capability}",
        f"--bounding-set=-all,+{capability}",
        "--no-new-privs",
    )


def _passing_capability() -> str | None:
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii")
    except OSError:
        return None
    effective = next(int(line.split()[1], 16) for line in status.splitlines() if line.startswith("CapEff"))
    return next((name for name, bit in PASSING_CAPABILITIES if effective >> bit & 1), None)
