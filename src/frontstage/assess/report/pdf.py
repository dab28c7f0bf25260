"""The report as PDF, drawn with reportlab: nothing outside it is needed to read it.

Latin text is Helvetica, Chinese text STSong-Light: readers of PDF bring both, so no font file is shipped.
"""

from __future__ import annotations

import io
from typing import Any

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.platypus import (
    BaseDocTemplate,
    CondPageBreak,
    Frame,
    KeepTogether,
    PageTemplate,
    Spacer,
    Table,
    TableStyle,
)

from frontstage.assess.report.cards import Card
from frontstage.assess.report.figures import Figure
from frontstage.assess.report.outline import Outline, outline
from frontstage.assess.report.pdf_paragraph import Lines
from frontstage.assess.report.pdf_pictures import PictureFlowable
from frontstage.assess.report.pdf_tables import parts_that_fit, pdf_table
from frontstage.assess.report.pdf_text import colour, draw_text, marked, style
from frontstage.assess.report.picture import wrapped
from frontstage.assess.report.refusals import TITLE as REFUSED
from frontstage.assess.report.story import Story
from frontstage.assess.report.table import cut
from frontstage.assess.words import Document, Words, _, number, words

MARGIN = 15 * mm
WIDTH = A4[0] - 2 * MARGIN


def render_pdf(document: Document, lang: str) -> bytes:
    """A4, in the order of the HTML report."""
    texts = words(lang)
    found = outline(document, texts)
    target = io.BytesIO()
    pages = BaseDocTemplate(
        target, pagesize=A4, title=found.story.title, author=found.program, lang="zh-CN" if texts.lang == "zh" else "en",
        leftMargin=MARGIN, rightMargin=MARGIN, topMargin=MARGIN, bottomMargin=17 * mm,
    )  # fmt: skip
    frame = Frame(MARGIN, 17 * mm, WIDTH, A4[1] - MARGIN - 17 * mm, 0, 0, 0, 0)
    foot = f"{found.story.title} · {found.story.subtitle} · {found.program}"
    pages.addPageTemplates([PageTemplate("page", [frame], onPage=lambda canvas, _doc: _foot(canvas, foot))])
    pages.build(_flow(found, texts))
    return target.getvalue()


def _foot(canvas: Any, text: str) -> None:
    line = wrapped(text, 7.5, WIDTH - 12 * mm, 1)[0]
    draw_text(canvas, line, MARGIN, 9 * mm, 7.5, "muted", "start", False)
    draw_text(canvas, str(canvas.getPageNumber()), A4[0] - MARGIN, 9 * mm, 7.5, "muted", "end", False)


def _flow(found: Outline, texts: Words) -> list[Any]:
    lang = texts.lang
    flow: list[Any] = [_cover(found.story, lang), Spacer(0, 6 * mm)]
    if found.cards:
        flow += [*_heading(found.cards_title, found.cards_about, lang), *_cards(found.cards, texts)]
    if found.refused:
        flow += [*_heading(texts.text(REFUSED), "", lang), *_cards(found.refused, texts)]
    if found.unread:
        flow += [Spacer(0, 3 * mm), Lines(marked(found.unread), style("about", lang))]
    for figure in found.figures:
        flow.append(KeepTogether([*_heading(figure.title, figure.about, lang), *_figure(figure, lang)]))
    about = texts.text(_("Every figure of this report, with its name as in the JSON file’s documentation."))
    flow += [CondPageBreak(70 * mm), *_heading(texts.text(_("Tables")), about, lang)]
    for table in found.tables:
        for part in parts_that_fit(cut(table, texts), texts, WIDTH):
            flow += pdf_table(part, texts, WIDTH)
    if found.command:
        about = texts.text(_("This command makes the same figures again from the same data."))
        command = Lines(marked(found.command), style("command", lang))
        flow.append(KeepTogether([*_heading(texts.text(_("Do it again")), about, lang), command]))
    return flow


def _heading(title: str, about: str, lang: str) -> list[Any]:
    found = [Spacer(0, 3 * mm), Lines(marked(title), style("h2", lang))]
    return [*found, Lines(marked(about), style("about", lang))] if about else found


def _cover(story: Story, lang: str) -> Table:
    of = " / 100" if story.scale == (0.0, 100.0) and story.figure is not None else ""
    figure = f'{number(story.figure, story.digits)}<font size="11">{of}</font>'
    left = [
        Lines(marked(story.about), style("cover-small", lang)),
        Lines(figure, style("cover-figure", lang)),
    ]
    lines = [
        Lines(f"{i}.  {marked(sentence)}", style("cover-line", lang))
        for i, sentence in enumerate(story.sentences, 1)
    ]
    head = [
        Lines(marked(story.subtitle), style("cover-small", lang)),
        Lines(marked(story.title), style("h1", lang)),
    ]
    cover = Table([[head, ""], [left, lines]], colWidths=[52 * mm, WIDTH - 52 * mm])
    cover.setStyle(
        TableStyle(
            [
                ("SPAN", (0, 0), (1, 0)),
                ("BACKGROUND", (0, 0), (-1, -1), colour("brand")),
                ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
                ("LEFTPADDING", (0, 0), (-1, -1), 7 * mm),
                ("RIGHTPADDING", (0, 0), (-1, -1), 6 * mm),
                ("TOPPADDING", (0, 0), (-1, 0), 7 * mm),
                ("BOTTOMPADDING", (0, 1), (-1, 1), 7 * mm),
                ("ROUNDEDCORNERS", [6, 6, 6, 6]),
            ]
        )
    )
    return cover


def _cards(cards: list[Card], texts: Words) -> list[Any]:
    """One row a criterion: the state in its colour and in words, then what it means."""
    rows, lang = [], texts.lang
    looks: list[Any] = [
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LINEBELOW", (0, 0), (-1, -2), 0.5, colour("soft")),
    ]
    looks += [("TOPPADDING", (0, 0), (-1, -1), 4), ("BOTTOMPADDING", (0, 0), (-1, -1), 5)]
    for i, card in enumerate(cards):
        state = Lines(
            f'<font color="{colour(card.state).hexval()}">{marked(card.state_word)}</font>',
            style("state", lang),
        )
        text = card.said(texts)
        source = f' <font color="{colour("muted").hexval()}" size="7.5">{marked(card.source)}</font>'
        rows.append(
            [
                state,
                [
                    Lines(marked(card.title), style("h4", lang)),
                    Lines(marked(text) + source, style("body", lang)),
                ],
            ]
        )
        looks.append(("BACKGROUND", (0, i), (0, i), colour(f"{card.state}-tint")))
    table = Table(rows, colWidths=[32 * mm, WIDTH - 32 * mm], splitByRow=1)
    table.setStyle(TableStyle(looks))
    return [table]


def _figure(figure: Figure, lang: str) -> list[Any]:
    found: list[Any] = []
    if figure.legend:
        parts = [
            f'<font color="{colour(role).hexval()}">■</font> {marked(text)}' for role, text in figure.legend
        ]
        found.append(Lines(" &nbsp; ".join(parts), style("body", lang)))
    share = WIDTH / len(figure.paper)
    pictures = [
        PictureFlowable(picture, share - (4 * mm if len(figure.paper) > 1 else 0)) for picture in figure.paper
    ]
    row = Table([pictures], colWidths=[share] * len(pictures))
    row.setStyle(TableStyle([("LEFTPADDING", (0, 0), (-1, -1), 0), ("RIGHTPADDING", (0, 0), (-1, -1), 0)]))
    return [*found, row]
