"""The name of the organisation that the program serves, asked of the module that knows it."""

from __future__ import annotations

from importlib import import_module

from django.conf import settings
from django.utils.module_loading import import_string


def organisation_name() -> str:
    """The organisation's name in the reader's language, asked of the module that knows
    (composition.ORGANISATION)."""
    path = getattr(import_module(settings.FRONTSTAGE_COMPOSITION), "ORGANISATION", None)
    return str(import_string(path)()) if path else ""
