"""The committed browser files were built from the sources that lie beside them. Needs no Node."""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
FRONTEND = ROOT / "frontend"
DIST = ROOT / "src" / "frontstage" / "web" / "static" / "dist"
BUILT_FROM = ("package.json", "package-lock.json", "build.mjs")


def hash_of_sources() -> str:
    """SHA-256 over sorted relative paths and contents, as frontend/build.mjs computes it."""
    paths = [path for path in (FRONTEND / "src").rglob("*") if path.is_file()]
    named = {
        path.relative_to(FRONTEND).as_posix(): path for path in [*paths, *map(FRONTEND.joinpath, BUILT_FROM)]
    }
    digest = hashlib.sha256()
    # Sorted as JavaScript compares strings: by UTF-16 code units.
    for name in sorted(named, key=lambda name: name.encode("utf-16-be")):
        digest.update(name.encode() + b"\0" + named[name].read_bytes() + b"\0")
    return digest.hexdigest()


def problems() -> list[str]:
    manifest_file = DIST / "manifest.json"
    if not manifest_file.exists():
        return [f"{manifest_file.relative_to(ROOT)} is missing: run make frontend"]
    manifest = json.loads(manifest_file.read_text(encoding="utf-8"))
    found = [
        f"{name} is missing: run make frontend"
        for name in manifest["files"].values()
        if not (DIST / name).exists()
    ]
    if manifest["sources"] != hash_of_sources():
        found.append(
            "frontend/ has changed since the browser files were built: run make frontend and commit them"
        )
    return found


if __name__ == "__main__":
    wrong = problems()
    print("\n".join(wrong))
    sys.exit(bool(wrong))
