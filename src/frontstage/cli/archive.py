"""The file that `backup` writes and `restore` reads: a tar of the database's dump, the attachments and a
manifest.

The manifest comes last, so that everything is read and hashed once while it is written. It holds versions and
the SHA-256 of every member; a file that was cut short or changed is noticed before anything is touched.
"""

from __future__ import annotations

import hashlib
import io
import json
import tarfile
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO

from frontstage.cli import exits

FORMAT = 1
MANIFEST = "manifest.json"
DUMP = "database.dump"
FILES = "files/"
PIECE = 1 << 20


@dataclass
class Manifest:
    """What a backup says of itself. ``digests``: member name -> SHA-256."""

    frontstage: str
    postgresql: int
    made_at: str
    migrations: list[str]
    digests: dict[str, str] = field(default_factory=dict)
    format: int = FORMAT


class _Hashing:
    """A file read through, hashed on the way."""

    def __init__(self, source: IO[bytes]) -> None:
        self.source = source
        self.digest = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        piece = self.source.read(size)
        self.digest.update(piece)
        return piece


def write(
    target: Path, dump: Path, files: Path, manifest: Manifest, tell: Callable[[int, int], None]
) -> None:
    """Write the archive beside its place and rename it, so that a file of that name is always a whole
    backup."""
    attachments = sorted(path for path in files.rglob("*") if path.is_file()) if files.is_dir() else []
    members = [(DUMP, dump), *((FILES + path.relative_to(files).as_posix(), path) for path in attachments)]
    making = target.with_name(f".{target.name}.making")
    try:
        with tarfile.open(making, "w", format=tarfile.PAX_FORMAT) as archive:
            making.chmod(0o600)
            for done, (name, path) in enumerate(members, 1):
                manifest.digests[name] = _add(archive, name, path)
                tell(done, len(members))
            said = json.dumps(asdict(manifest), indent=1, ensure_ascii=False).encode()
            entry = tarfile.TarInfo(MANIFEST)
            entry.size = len(said)
            archive.addfile(entry, io.BytesIO(said))
        making.replace(target)
    finally:
        making.unlink(missing_ok=True)


def _add(archive: tarfile.TarFile, name: str, path: Path) -> str:
    with path.open("rb") as source:
        hashing = _Hashing(source)
        entry = archive.gettarinfo(arcname=name, fileobj=source)
        entry.uid = entry.gid = 0
        entry.uname = entry.gname = ""
        archive.addfile(entry, hashing)  # type: ignore[arg-type]  # it needs read() alone
    return hashing.digest.hexdigest()


def verified(path: Path) -> Manifest:
    """Read the whole archive against its manifest. Raises Stop (bad input) when it is not a sound backup of
    ours."""
    found: dict[str, str] = {}
    said: bytes | None = None
    try:
        with tarfile.open(path, "r:") as archive:
            for entry, content in _members(archive):
                if entry.name == MANIFEST:
                    said = content.read()
                else:
                    found[entry.name] = _digest(content)
    except (tarfile.TarError, EOFError, OSError) as error:
        raise _unsound(path, f"it cannot be read to its end ({error})") from None
    if said is None:
        raise _unsound(path, "it has no manifest: it was cut short, or is not a backup of Frontstage")
    manifest = Manifest(**json.loads(said))
    if manifest.format != FORMAT:
        raise _unsound(path, f"its format is {manifest.format}, and this program reads {FORMAT}")
    if found != manifest.digests:
        wrong = sorted(
            name for name in {*found, *manifest.digests} if found.get(name) != manifest.digests.get(name)
        )
        raise _unsound(path, f"its content differs from its manifest: {', '.join(wrong[:5])}")
    return manifest


def unpack(path: Path, *, dump: Path, files: Path) -> None:
    """Write the dump and the attachments of a verified archive to their places."""
    with tarfile.open(path, "r:") as archive:
        for entry, content in _members(archive):
            if entry.name == DUMP:
                place = dump
            elif entry.name.startswith(FILES):
                place = files / entry.name.removeprefix(FILES)
                if not place.resolve().is_relative_to(files.resolve()):
                    raise _unsound(path, f"{entry.name} points outside the folder of attachments")
            else:
                continue
            place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            with place.open("wb") as target:
                while piece := content.read(PIECE):
                    target.write(piece)
            place.chmod(0o600)


def _members(archive: tarfile.TarFile) -> Iterator[tuple[tarfile.TarInfo, IO[bytes]]]:
    for entry in archive:
        content = archive.extractfile(entry) if entry.isfile() else None
        if content is not None:
            yield entry, content


def _digest(content: IO[bytes]) -> str:
    digest = hashlib.sha256()
    while piece := content.read(PIECE):
        digest.update(piece)
    return digest.hexdigest()


def _unsound(path: Path, why: str) -> exits.Stop:
    return exits.Stop(
        f"{path} is not a sound backup: {why}.",
        remedy="Nothing was changed. Use another backup.",
        code=exits.WRONG_USE,
    )
