"""Times and durations in words of the reader's language. The browser counts on with them (times.ts)."""

from __future__ import annotations

import datetime as dt

from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

MINUTE, HOUR, DAY = 60, 3600, 86400


def duration_words(length: dt.timedelta) -> str:
    """Two units at most, sign left out: "3 d 4 h", "2 h 05 min", "12 min", "40 s"."""
    seconds = abs(int(length.total_seconds()))
    days, hours, minutes = seconds // DAY, seconds % DAY // HOUR, seconds % HOUR // MINUTE
    if days:
        if not hours:
            return _("%(days)d d") % {"days": days}
        return _("%(days)d d %(hours)d h") % {"days": days, "hours": hours}
    if hours:
        if not minutes:
            return _("%(hours)d h") % {"hours": hours}
        return _("%(hours)d h %(minutes)d min") % {"hours": hours, "minutes": minutes}
    if minutes:
        return _("%(minutes)d min") % {"minutes": minutes}
    return _("%(seconds)d s") % {"seconds": seconds}


def _past(seconds: int) -> str:
    if seconds < MINUTE:
        return _("just now")
    if seconds < HOUR:
        return ngettext("%(n)d minute ago", "%(n)d minutes ago", seconds // MINUTE) % {"n": seconds // MINUTE}
    if seconds < DAY:
        return ngettext("%(n)d hour ago", "%(n)d hours ago", seconds // HOUR) % {"n": seconds // HOUR}
    return ngettext("%(n)d day ago", "%(n)d days ago", seconds // DAY) % {"n": seconds // DAY}


def _future(seconds: int) -> str:
    if seconds < MINUTE:
        return _("in a moment")
    if seconds < HOUR:
        return ngettext("in %(n)d minute", "in %(n)d minutes", seconds // MINUTE) % {"n": seconds // MINUTE}
    if seconds < DAY:
        return ngettext("in %(n)d hour", "in %(n)d hours", seconds // HOUR) % {"n": seconds // HOUR}
    return ngettext("in %(n)d day", "in %(n)d days", seconds // DAY) % {"n": seconds // DAY}


def absolute_words(moment: dt.datetime) -> str:
    """Date and time in the organisation's zone and the reader's order."""
    local = timezone.localtime(moment)
    return f"{formats.date_format(local, 'DATE_FORMAT')} {local:%H:%M}"


def relative_words(moment: dt.datetime, *, now: dt.datetime) -> str:
    """ "3 minutes ago", "in 2 hours"; beyond a week the date itself."""
    seconds = int((now - moment).total_seconds())
    if abs(seconds) >= 7 * DAY:
        return formats.date_format(timezone.localtime(moment), "DATE_FORMAT")
    return _past(seconds) if seconds >= 0 else _future(-seconds)


def browser_words() -> dict[str, str]:
    """The same words for the clocks and times that the browser keeps up to date."""
    return {
        "left": _("%(length)s left"),
        "late": _("%(length)s late"),
        "days": _("%(days)d d"),
        "days_hours": _("%(days)d d %(hours)d h"),
        "hours": _("%(hours)d h"),
        "hours_minutes": _("%(hours)d h %(minutes)d min"),
        "minutes": _("%(minutes)d min"),
        "seconds": _("%(seconds)d s"),
        "failed": _("That did not work. Check your connection and try again."),
        "dismiss": _("Dismiss"),
        "live_on": _("Live"),
        "live_off": _("Reconnecting"),
        "now": _("just now"),
    }
