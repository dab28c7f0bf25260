"""How every form is drawn."""

from __future__ import annotations

from django.forms.renderers import DjangoTemplates


class TablerRenderer(DjangoTemplates):
    field_template_name = "web/field.html"
