"""What is asked for when a visit is planned."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from frontstage.people.public import Role, Team, User, people_with
from frontstage.visits.queries import ACTIVE

FIRST_LENGTH = dt.timedelta(hours=1)


class PlanVisit(forms.Form):
    """Who goes, when, and whether the time is agreed with the customer."""

    worker = forms.ModelChoiceField(User.objects.none(), label=_("Field worker"))
    planned_from = forms.DateTimeField(
        label=_("From"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    )
    planned_to = forms.DateTimeField(
        label=_("To"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    )
    agreed = forms.BooleanField(
        label=_("Agreed with the customer"),
        help_text=_("An agreed appointment replaces the promises that allow it."),
        required=False,
    )

    def __init__(self, *args: Any, team: Team | None, now: dt.datetime, **values: Any) -> None:
        begin = now.replace(second=0, microsecond=0)
        values.setdefault("initial", {"planned_from": begin, "planned_to": begin + FIRST_LENGTH})
        super().__init__(*args, **values)
        workers = people_with(Role.FIELD_WORKER)
        self.fields["worker"].queryset = workers  # type: ignore[attr-defined]
        free = workers.exclude(
            visits__state__in=ACTIVE,
            visits__planned_from__lt=begin + FIRST_LENGTH,
            visits__planned_to__gt=begin,
        )
        nearest = free.filter(teams=team) if team is not None else free
        self.initial.setdefault("worker", nearest.first() or free.first())
