"""One HTML file that needs nothing but a browser: no script, no font, no picture from elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape
from pathlib import Path
from string import Template

from frontstage.assess.report.cards import Card
from frontstage.assess.report.figures import Figure
from frontstage.assess.report.html_tables import html_table
from frontstage.assess.report.outline import Outline, outline
from frontstage.assess.report.picture import DARK, PALETTE, Picture
from frontstage.assess.report.refusals import TITLE as REFUSED
from frontstage.assess.report.story import Story
from frontstage.assess.report.svg import svg
from frontstage.assess.report.table import cut
from frontstage.assess.words import NOTHING, Document, Words, _, number, words

# Not a page of the program (those carry no style of their own): a file that must carry everything.
SHEET = Path(__file__).resolve().parent / "sheet"
# The share of its own width below which a picture is scrolled.
LEAST = {"wide": 0.6, "narrow": 0.76, "paper": 0.1}
# Signs beside the words of a verdict, so that colour is never alone in saying it.
SIGNS = {
    "good": "M2 7.5 5.5 11 12 3.5",
    "caution": "M7 2v6.5M7 11.2v.6",
    "bad": "M3 3l8 8M11 3l-8 8",
}


def render_html(document: Document, lang: str) -> str:
    """The whole report; ``lang`` is en or zh. Every text of the document is escaped."""
    texts = words(lang)
    found = outline(document, texts)
    page = Template((SHEET / "report.html").read_text(encoding="utf-8"))
    return page.substitute(
        lang="zh-Hans" if texts.lang == "zh" else "en",
        program=escape(found.program),
        title=escape(found.story.title),
        subtitle=escape(found.story.subtitle),
        colours=_colours(),
        css=(SHEET / "report.css").read_text(encoding="utf-8"),
        cover=_cover(found.story),
        story="".join(f"<li>{escape(sentence)}</li>" for sentence in found.story.sentences),
        body="\n".join(_sections(found, texts)),
        footer=escape(
            texts.text(_("Made by %(program)s from the result document alone."), program=found.program)
        ),
    )


def _colours() -> str:
    def block(palette: Mapping[str, str], band: str) -> str:
        return "".join(f"--{role}:{colour};" for role, colour in palette.items()) + f"--band:{band}"

    light, dark = block(PALETTE, "#0d5a72"), block(DARK, "#0c3a4a")
    return (
        f":root{{color-scheme:light dark;{light}}}\n"
        f"@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}"
    )


def _cover(story: Story) -> str:
    if story.figure is None:
        return f'<div><p class="name">{escape(story.about)}</p><p class="figure">{NOTHING}</p></div>'
    low, high = story.scale

    def share(value: float) -> float:
        return 100 * (min(max(value, low), high) - low) / (high - low)

    bar = f'<b style="left:{share(story.figure):.2f}%"></b>'
    if story.interval:
        start, end = map(share, story.interval)
        bar = f'<i style="left:{start:.2f}%;width:{end - start:.2f}%"></i>{bar}'
    ends = f"<span>{number(low, 0)}</span><span>{number(high, 0)}</span>"
    of = "<small>/ 100</small>" if story.scale == (0.0, 100.0) else ""
    return (
        f'<div><p class="name">{escape(story.about)}</p>'
        f'<p class="figure">{number(story.figure, story.digits)}{of}</p>'
        f'<div class="scale" aria-hidden="true">{bar}</div><div class="ends" aria-hidden="true">{ends}</div></div>'
    )


def _sections(found: Outline, texts: Words) -> list[str]:
    t: Callable[..., str] = texts.text
    parts = []
    if found.cards:
        doubts = "".join(_card(card) for card in found.cards if card.state != "good")
        good = "".join(_good(card, texts) for card in found.cards if card.state == "good")
        inside = f'<div class="cards">{doubts}</div>' if doubts else ""
        inside += f'<ul class="goods">{good}</ul>' if good else ""
        parts.append(_section("checks", found.cards_title, found.cards_about, inside))
    if found.refused:
        inside = f'<div class="cards">{"".join(map(_card, found.refused))}</div>'
        parts.append(_section("refused", t(REFUSED), "", inside))
    if found.unread:
        parts.append(f'<p class="note">{escape(found.unread)}</p>')
    parts += [_section(f.key, f.title, f.about, _figure(f)) for f in found.figures]
    links = "".join(
        f'<li><a href="#t-{escape(one.key)}">{escape(one.title)}</a></li>' for one in found.tables
    )
    about = t(_("Every figure of this report, with its name as in the JSON file’s documentation."))
    parts.append(_section("tables", t(_("Tables")), about, f"<nav><ul>{links}</ul></nav>"))
    parts += [html_table(cut(one, texts), texts) for one in found.tables]
    if found.command:
        about = t(_("This command makes the same figures again from the same data."))
        parts.append(_section("again", t(_("Do it again")), about, f"<pre>{escape(found.command)}</pre>"))
    return parts


def _section(key: str, title: str, about: str, inside: str) -> str:
    lead = f'<p class="about">{escape(about)}</p>' if about else ""
    return f'<section id="{escape(key)}"><h2>{escape(title)}</h2>{lead}{inside}</section>'


def chip(state: str, word: str) -> str:
    sign = (
        '<svg viewBox="0 0 14 14" fill="none" stroke="currentColor" stroke-width="2.2" stroke-linecap="round" '
        f'stroke-linejoin="round" aria-hidden="true"><path d="{SIGNS.get(state, "")}"/></svg>'
    )
    return f'<span class="chip {escape(state)}">{sign}{escape(word)}</span>'


def _card(card: Card) -> str:
    more = f"<p>{escape(card.more)}</p>" if card.more else ""
    source = f'<p class="src">{escape(card.source)}</p>' if card.source else ""
    body = f"<h3>{escape(card.title)}</h3><p>{escape(card.sentence)}</p>{more}{source}"
    return f'<article class="card">{chip(card.state, card.state_word)}{body}</article>'


def _good(card: Card, texts: Words) -> str:
    """What is good takes one line: a manager reads the doubts first."""
    text = card.said(texts)
    source = f'<span class="src">{escape(card.source)}</span>'
    title = f"<h3>{escape(card.title)}</h3>"
    return f"<li>{chip(card.state, card.state_word)}<div>{title}<p>{escape(text)} {source}</p></div></li>"


def _figure(figure: Figure) -> str:
    legend = "".join(
        f'<li><i style="background:var(--{role})"></i>{escape(text)}</li>' for role, text in figure.legend
    )
    shown = f'<ul class="legend">{legend}</ul>' if legend else ""
    sizes = (("wide", figure.pictures), ("narrow", figure.narrow), ("paper", figure.paper))
    return f"<figure>{shown}{''.join(_pictures(size, pictures) for size, pictures in sizes)}</figure>"


def _pictures(size: str, pictures: tuple[Picture, ...]) -> str:
    """The style sheet shows one of the sizes. A picture that is scrolled must be reachable by the keyboard."""
    inside = "".join(
        f'<div class="pic" tabindex="0">{svg(picture, LEAST[size] * picture.width)}</div>'
        for picture in pictures
    )
    return f'<div class="pics {size}">{inside}</div>'
