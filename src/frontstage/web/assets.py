"""The built browser files: their addresses (with the content's hash in the name) and the icons."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe


@cache
def _built(name: str) -> dict[str, Any]:
    return json.loads((settings.STATIC_FOLDER / "dist" / name).read_text(encoding="utf-8"))


def asset_url(name: str) -> str:
    """The address of a built file by its plain name ("shell.js"). KeyError for one that was not built."""
    return f"{settings.STATIC_URL}dist/{_built('manifest.json')['files'][name]}"


def has_icon(name: str) -> bool:
    return name in _built("icons.json")


def icon_svg(name: str, extra: str = "") -> SafeString:
    """A Tabler icon as inline SVG, hidden from assistive technology: the words beside it carry the meaning.

    A name that the build does not know draws a plain point; tests/web checks that no template asks for one.
    """
    icons = _built("icons.json")
    filled = name.endswith("-filled")
    # The paths come from the build, never from a reader.
    paths = mark_safe(icons.get(name) or icons["point"])  # noqa: S308
    return format_html(
        '<svg class="icon{}" viewBox="0 0 24 24" width="20" height="20" fill="{}" stroke="{}" '
        'stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false">{}</svg>',
        f" {extra}" if extra else "",
        "currentColor" if filled else "none",
        "none" if filled else "currentColor",
        paths,
    )
