"""Serve attachments: as data, never as a page of ours."""

from __future__ import annotations

from django.http import FileResponse
from django.utils.http import content_disposition_header

from frontstage.cases.attachments import place
from frontstage.cases.models import Attachment
from frontstage.foundation.errors import NotFound

SHOWN_IN_PLACE = {"image/jpeg", "image/png", "image/webp"}


def file_response(attachment: Attachment) -> FileResponse:
    """The bytes with headers that keep any browser from running them. The caller has checked the permission."""
    path = place(attachment.digest)
    if not path.exists():
        raise NotFound
    inline = attachment.content_type in SHOWN_IN_PLACE
    response = FileResponse(path.open("rb"), content_type=attachment.content_type)
    response["Content-Disposition"] = content_disposition_header(not inline, attachment.name) or "attachment"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, max-age=3600"
    return response
