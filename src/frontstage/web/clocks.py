"""How a running promise looks: words and an icon first, colour last.

A view is what commitments' clock_view gives: state, label, due, remaining (seconds, negative when past),
fraction.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from frontstage.web.wording import absolute_words, duration_words

# The last quarter of the time is a warning; the browser changes over at the same point.
SOON = 0.75


def tone_of(view: Mapping[str, Any]) -> str:
    """running, soon, late, paused, kept, missed, waived."""
    state = str(view["state"])
    if state == "running":
        if (view.get("remaining") or 0) < 0 and view.get("due"):
            return "late"
        return "soon" if (view.get("fraction") or 0) >= SOON else "running"
    return {"met": "kept", "breached": "missed"}.get(state, state)


ICONS = {
    "running": "clock",
    "soon": "clock-exclamation",
    "late": "alert-triangle",
    "paused": "player-pause",
    "kept": "circle-check",
    "missed": "circle-x",
    "waived": "circle-minus",
}


def words_of(view: Mapping[str, Any], tone: str) -> str:
    """What the chip says after the commitment's name."""
    due, remaining = view.get("due"), view.get("remaining")
    if tone in {"running", "soon", "late"}:
        if due is None or remaining is None:
            return _("at once")
        length = duration_words(dt.timedelta(seconds=remaining))
        if tone == "late":
            return _("%(length)s late") % {"length": length}
        return _("%(length)s left") % {"length": length}
    return {
        "paused": _("paused"),
        "kept": _("kept"),
        "missed": _("missed"),
        "waived": _("waived"),
    }.get(tone, tone)


def chip(view: Mapping[str, Any]) -> dict[str, Any]:
    """What web/clock_chip.html draws."""
    tone = tone_of(view)
    due = view.get("due")
    counting = tone in {"running", "soon", "late"} and due is not None
    return {
        "tone": tone,
        "icon": ICONS.get(tone, "clock"),
        "label": view.get("label", ""),
        "words": words_of(view, tone),
        "due": due if counting else None,
        "fraction": min(max(float(view.get("fraction") or 0), 0.0), 1.0),
        "title": view.get("explanation") or (absolute_words(due) if due else ""),
    }
