"""The event log in words, as the history of a case or a customer."""

from __future__ import annotations

import re
from importlib import import_module
from typing import Any

from django import template
from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from frontstage.foundation.bilingual import in_language

register = template.Library()


@register.simple_tag
def event_words(event: Any) -> str:
    """What happened, in the reader's language (composition.EVENT_WORDS); the bare name for an unworded event.

    "name:happened" is looked up before "name"; bilingual values of the event's data are shown in the reader's
    language.
    """
    known = import_module(settings.FRONTSTAGE_COMPOSITION).EVENT_WORDS
    words = known.get(f"{event.name}:{event.data.get('happened')}") or known.get(event.name)
    if words is None:
        return str(event.name)
    data = {
        key: in_language(value) if isinstance(value, dict) else value for key, value in event.data.items()
    }
    try:
        return str(words) % data
    except (KeyError, TypeError, ValueError):
        return re.split("[:\uff1a]", str(words), maxsplit=1)[0]


@register.simple_tag
def event_actor(event: Any) -> SafeString:
    """Who did it, and from where."""
    places = {
        "desk": _("desk"),
        "portal": _("portal"),
        "api": _("program"),
        "worker": _("automatic"),
        "charter": _("charter"),
    }
    return format_html("{} · {}", event.actor_label, places.get(event.origin, event.origin))
