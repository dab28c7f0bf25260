"""The staff menu, from the composition's list, as far as this person may go."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Entry:
    label: str | Promise
    icon: str
    url: str
    current: bool


def _here(request: HttpRequest, names: list[str]) -> str | None:
    """Which of the menu's url names stands for the page shown: itself, else the first of the same module."""
    match = request.resolver_match
    if match is None:
        return None
    if match.view_name in names:
        return match.view_name
    return next((name for name in names if name.split(":")[0] == match.namespace), None)


def entries(request: HttpRequest) -> list[Entry]:
    """The menu of the signed-in person; empty for strangers and customers."""
    user = request.user
    if not user.is_authenticated:
        return []
    listed = import_module(settings.FRONTSTAGE_COMPOSITION).NAVIGATION
    allowed = [(name, label, icon) for name, label, icon, capability in listed if user.may(capability)]
    here = _here(request, [name for name, _label, _icon in allowed])
    return [
        Entry(label=label, icon=icon, url=reverse(name), current=name == here)
        for name, label, icon in allowed
    ]
