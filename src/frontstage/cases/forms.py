"""What a report asks for, on the portal and on the desk alike."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from frontstage.cases.models import CaseKind
from frontstage.customers.public import BadTelephone, District, telephone
from frontstage.foundation.bilingual import in_language

FURTHEST_BACK = dt.timedelta(days=366)


class ManyFilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Any number of files; what they are is judged by cases.attachments."""

    widget = ManyFilesInput

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:  # type: ignore[override]
        files = data if isinstance(data, (list, tuple)) else [data] if data else []
        return [super(ManyFilesField, self).clean(file, initial) for file in files]


class BilingualChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return in_language(obj.name)


class Report(forms.Form):
    """One report of one kind. ``key`` makes pressing the button twice harmless."""

    name = forms.CharField(
        label=_("Your name"), max_length=60, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    mobile = forms.CharField(
        label=_("Mobile number"),
        max_length=30,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
        help_text=_("So that we can reach you about this."),
    )
    district = BilingualChoice(District.objects.none(), label=_("District"), empty_label=_("Choose"))
    address = forms.CharField(
        label=_("Address"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
        help_text=_("Street, building, unit and door."),
    )
    severity = forms.ChoiceField(label=_("How serious is it?"), required=False)
    body = forms.CharField(
        label=_("What is the matter?"), max_length=5000, widget=forms.Textarea(attrs={"rows": 4})
    )
    occurred_at = forms.DateTimeField(
        label=_("Since when?"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    files = ManyFilesField(  # type: ignore[assignment]
        label=_("Photos"),
        required=False,
        help_text=_("Up to five pictures, PDF or text files of 10 MB each."),
        widget=ManyFilesInput(
            attrs={"accept": "image/jpeg,image/png,image/webp,image/heic,application/pdf,text/plain"}
        ),
    )
    key = forms.CharField(max_length=60, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, kind: CaseKind, **values: Any) -> None:
        values["initial"] = {"key": uuid.uuid4().hex, **(values.get("initial") or {})}
        super().__init__(*args, **values)
        self.kind = kind
        self.fields["district"].queryset = District.objects.order_by("code")  # type: ignore[attr-defined]
        if kind.severities:
            choices = [(entry["code"], in_language(entry["name"])) for entry in kind.severities]
            self.fields["severity"].choices = choices  # type: ignore[attr-defined]
            self.fields["severity"].required = True
        else:
            del self.fields["severity"]

    def clean_mobile(self) -> str:
        try:
            return telephone(self.cleaned_data["mobile"])
        except BadTelephone as error:
            raise forms.ValidationError(str(error)) from error

    def clean_occurred_at(self) -> dt.datetime | None:
        moment = self.cleaned_data["occurred_at"]
        if moment is None:
            return None
        now = timezone.now()
        if moment > now + dt.timedelta(minutes=5):
            raise forms.ValidationError(_("This lies in the future."))
        if moment < now - FURTHEST_BACK:
            raise forms.ValidationError(_("This is more than a year ago. Write it in the text instead."))
        return moment


class Say(forms.Form):
    """A message or a note, with files."""

    body = forms.CharField(
        label=_("Message"), max_length=20_000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    files = ManyFilesField(label=_("Files"), required=False)  # type: ignore[assignment]
