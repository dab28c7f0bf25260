"""What is asked for when a visit is planned."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from frontstage.people.public import Role, Team, User, people_with


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
        values.setdefault("initial", {"planned_from": begin, "planned_to": begin + dt.timedelta(hours=1)})
        super().__init__(*args, **values)
        workers = people_with(Role.FIELD_WORKER)
        if team is not None and workers.filter(teams=team).exists():
            values["initial"].setdefault("worker", workers.filter(teams=team).first())
            self.initial["worker"] = workers.filter(teams=team).first()
        self.fields["worker"].queryset = workers  # type: ignore[attr-defined]
