"""How every form is drawn: {{ form }} and {{ field.as_field_group }} in the house style."""

from __future__ import annotations

from django.forms.renderers import DjangoTemplates


class TablerRenderer(DjangoTemplates):
    form_template_name = "web/form.html"
    field_template_name = "web/field.html"
