"""Files that come with messages: judged by content, kept under their digest outside the web root."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from frontstage.cases.errors import FileNotAccepted, FileTooLarge, TooManyFiles
from frontstage.cases.models import Attachment, Message
from frontstage.cases.rules import LARGEST_FILE, MEGABYTE, MOST_FILES, content_type


def place(digest: str) -> Path:
    """Where the bytes of this digest lie."""
    return Path(settings.MEDIA_ROOT) / digest[:2] / digest


def check_files(files: Sequence[UploadedFile]) -> list[str]:
    """The content type of each. Raises TooManyFiles, FileTooLarge, FileNotAccepted."""
    if len(files) > MOST_FILES:
        raise TooManyFiles(limit=MOST_FILES)
    return [_check(file) for file in files]


def _check(file: UploadedFile) -> str:
    name = file.name or "?"
    if (file.size or 0) > LARGEST_FILE:
        raise FileTooLarge(name=name, limit=LARGEST_FILE // MEGABYTE)
    file.seek(0)
    kind = content_type(file.read(512))
    file.seek(0)
    if kind is None or not file.size:
        raise FileNotAccepted(name=name)
    return kind


def keep(message: Message, files: Sequence[UploadedFile]) -> list[Attachment]:
    """Store the files of a message. The bytes are on disk before the row that names them is committed."""
    return [
        Attachment.objects.create(
            message=message,
            name=Path(file.name or "file").name[:200],
            content_type=kind,
            size=file.size or 0,
            digest=_store(file),
        )
        for file, kind in zip(files, check_files(files), strict=True)
    ]


def _store(file: UploadedFile) -> str:
    root = Path(settings.MEDIA_ROOT)
    root.mkdir(parents=True, exist_ok=True, mode=0o700)
    digest = hashlib.sha256()
    with tempfile.NamedTemporaryFile(dir=root, delete=False) as kept:
        for chunk in file.chunks():
            digest.update(chunk)
            kept.write(chunk)
        kept.flush()
        os.fsync(kept.fileno())
    target = place(digest.hexdigest())
    target.parent.mkdir(exist_ok=True, mode=0o700)
    Path(kept.name).replace(target)
    return digest.hexdigest()
