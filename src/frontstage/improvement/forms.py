"""What an initiative and its actions ask for."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from frontstage.people.public import Role, User, people_with

STAFF = (Role.AGENT, Role.TEAM_LEAD, Role.FIELD_WORKER, Role.QUALITY_MANAGER, Role.HEAD_OF_SERVICE)


class OpenInitiative(forms.Form):
    title = forms.CharField(label=_("What shall get better?"), max_length=200)
    owner = forms.ModelChoiceField(User.objects.none(), label=_("Owner"))
    due_on = forms.DateField(
        label=_("Due"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    expected_effect = forms.DecimalField(
        label=_("Expected effect"),
        help_text=_("By how many points the gap shall rise, for example 0.50."),
        min_value=Decimal("0.01"),
        max_value=Decimal("6"),
        decimal_places=2,
        initial=Decimal("0.50"),
    )

    def __init__(self, *args: Any, **values: Any) -> None:
        super().__init__(*args, **values)
        self.fields["owner"].queryset = people_with(*STAFF)  # type: ignore[attr-defined]


class NewAction(forms.Form):
    text = forms.CharField(label=_("What is done"), max_length=300)
    owner = forms.ModelChoiceField(User.objects.none(), label=_("By whom"))
    due_on = forms.DateField(
        label=_("By when"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args: Any, **values: Any) -> None:
        super().__init__(*args, **values)
        self.fields["owner"].queryset = people_with(*STAFF)  # type: ignore[attr-defined]
