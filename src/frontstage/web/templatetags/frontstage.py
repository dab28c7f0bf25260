"""Template tags that every page may use without loading them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from importlib import import_module
from typing import Any

from django import template
from django.conf import settings
from django.forms import BoundField
from django.template import Context, Node, NodeList
from django.template.base import FilterExpression, Parser, Token
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import format_html, format_html_join, json_script
from django.utils.module_loading import import_string
from django.utils.safestring import SafeString, mark_safe

from frontstage.foundation.bilingual import in_language
from frontstage.web import assets, charts, clocks, controls, wording

register = template.Library()


@register.filter
def tr(text: object) -> object:
    """Bilingual text in the reader's language; anything else (a string, a number) as it is."""
    return in_language(text) if text is None or isinstance(text, Mapping) else text


@register.filter
def signed(value: float | None, decimals: int = 2) -> str:
    """A number with its sign, which the reader must see: +0.40, −0.54."""
    if value is None:
        return "–"
    return f"{value:+.{decimals}f}".replace("-", "−")


@register.simple_tag
def asset(name: str) -> str:
    """The address of a built browser file: {% asset "shell.js" %}."""
    return assets.asset_url(name)


@register.simple_tag
def icon(name: str, extra: str = "") -> SafeString:
    """A Tabler icon as inline SVG; ``extra`` adds CSS classes."""
    return assets.icon_svg(str(name), extra)


@register.simple_tag
def badge(tone: str, text: object) -> SafeString:
    """A small label; tones: neutral, info, good, warn, bad. The words carry the meaning, not the tone."""
    return format_html('<span class="tag tag-{}">{}</span>', tone, tr(text))


@register.simple_tag
def person(user: Any, size: str = "") -> SafeString:
    """Initial and name of a member of staff; a dash for nobody."""
    if not user:
        return format_html('<span class="text-secondary">{}</span>', "–")
    name = str(user)
    first = name[-1] if "一" <= name[-1] <= "鿿" else name[:1].upper()
    return format_html(
        '<span class="person{}"><span class="person-mark person-{}" aria-hidden="true">{}</span>'
        '<span class="person-name">{}</span></span>',
        f" person-{size}" if size else "",
        (getattr(user, "pk", None) or 0) % 6,
        first,
        name,
    )


@register.simple_tag
def when(moment: dt.datetime | None) -> SafeString:
    """<time>: how long ago, with date and time as its title; kept up to date by the browser."""
    if moment is None:
        return mark_safe('<span class="text-secondary">–</span>')
    return format_html(
        '<time class="when" datetime="{}" title="{}">{}</time>',
        moment.isoformat(),
        wording.absolute_words(moment),
        wording.relative_words(moment, now=timezone.now()),
    )


@register.simple_tag
def moment(at: dt.datetime | None) -> SafeString:
    """<time>: date and time in full, in the organisation's zone."""
    if at is None:
        return mark_safe('<span class="text-secondary">–</span>')
    return format_html('<time datetime="{}">{}</time>', at.isoformat(), wording.absolute_words(at))


@register.simple_tag
def browser_words() -> SafeString:
    """The words that the browser counts on with, as JSON for shell.js."""
    return json_script(wording.browser_words(), "words")


@register.simple_tag
def duration(length: dt.timedelta | None) -> str:
    """A length of time in words; a dash for none."""
    return "–" if length is None else wording.duration_words(length)


@register.inclusion_tag("web/clock_chip.html")
def clock_chip(view: Mapping[str, Any]) -> dict[str, Any]:
    """A commitment's clock as commitments' clock_view describes it."""
    return clocks.chip(view)


@register.inclusion_tag("web/chart.html")
def chart(name: str, option: Mapping[str, Any], table_caption: str) -> dict[str, Any]:
    """An ECharts drawing and, folded below it, the table of its figures.

    ``option`` is a plain ECharts option (JSON values only), plus, all optional:
    "table": {"head": [...], "rows": [[...]]} in place of the table made from categories and series;
    "height": "sm" | "md" | "lg"; "values": "percent" | "signed" | "plain" for axis and pointer labels;
    a series of type "custom" with "renderItem": "interval" draws [category, low, high] as an error bar;
    a data item with "href" is a link to what it was counted from.
    Colours come from the palette: series name a tone with "tone": "1".."6", "good", "bad", "quiet".
    """
    drawn = {key: value for key, value in option.items() if key not in {"table", "height"}}
    return {
        "name": name,
        "option": drawn,
        "option_id": f"chart-{name}-option",
        "height": option.get("height", "md"),
        "caption": table_caption,
        "table": charts.table_of(option),
    }


@register.simple_tag(takes_context=True)
def panels(context: Context, place: str, thing: Any) -> SafeString:
    """What other modules put on this page (composition.PANELS), in order."""
    listed = import_module(settings.FRONTSTAGE_COMPOSITION).PANELS.get(place, ())
    drawn = ((import_string(path)(context["request"], thing),) for path in listed)
    return format_html_join("\n", "{}", (one for one in drawn if one[0]))


@register.filter
def field_kind(field: BoundField) -> str:
    return controls.kind_of(field)


@register.simple_tag
def control(field: BoundField) -> SafeString:
    """A form field's widget in the house style."""
    return controls.draw(field)


class EmptyNode(Node):
    def __init__(self, parts: list[FilterExpression], actions: NodeList) -> None:
        self.parts = parts
        self.actions = actions

    def render(self, context: Context) -> SafeString:
        name, title, text = (part.resolve(context) for part in self.parts)
        actions = mark_safe(self.actions.render(context).strip())  # noqa: S308  # rendered by our own template
        return render_to_string(  # type: ignore[return-value]
            "web/empty.html", {"icon": name, "title": title, "text": text, "actions": actions}
        )


@register.tag
def empty(parser: Parser, token: Token) -> EmptyNode:
    """{% empty "inbox" title text %} what to do next {% endempty %}: a list that has nothing in it."""
    parts = token.split_contents()[1:]
    if len(parts) != 3:
        raise template.TemplateSyntaxError("{% empty %} takes an icon, a title and a text")
    actions = parser.parse(("endempty",))
    parser.delete_first_token()
    return EmptyNode([parser.compile_filter(part) for part in parts], actions)
