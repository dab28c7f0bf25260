"""Form fields in the house style: which class each kind of widget gets."""

from __future__ import annotations

from django.forms import BoundField, widgets
from django.utils.safestring import SafeString

# The first that fits, so a subclass stands before its parent.
_CLASSES: tuple[tuple[tuple[type[widgets.Widget], ...], str], ...] = (
    ((widgets.CheckboxSelectMultiple, widgets.RadioSelect), "choice-list"),
    ((widgets.CheckboxInput,), "form-check-input"),
    ((widgets.Select,), "form-select"),
    ((widgets.HiddenInput, widgets.MultipleHiddenInput), ""),
    ((widgets.Widget,), "form-control"),
)


def kind_of(field: BoundField) -> str:
    """check (label beside it), group (several inputs, so a legend), or line."""
    widget = field.field.widget
    if isinstance(widget, widgets.RadioSelect | widgets.CheckboxSelectMultiple):
        return "group"
    return "check" if isinstance(widget, widgets.CheckboxInput) else "line"


def draw(field: BoundField) -> SafeString:
    """The widget with its class; Django itself adds aria-describedby and aria-invalid."""
    widget = field.field.widget
    css = next(css for kinds, css in _CLASSES if isinstance(widget, kinds))
    given = str(widget.attrs.get("class", ""))
    if field.errors and css:
        css += " is-invalid"
    return field.as_widget(attrs={"class": f"{css} {given}".strip()} if css or given else None)
