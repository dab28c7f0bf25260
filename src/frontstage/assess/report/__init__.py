"""The result document as a file for people: HTML, PDF and XLSX, all made of the same tables and pictures."""

from __future__ import annotations

from frontstage.assess.words import Document


def render(document: Document, ending: str, lang: str) -> bytes:
    """The report of a file ending (.html, .pdf, .xlsx). Each is imported when it is asked for: they are slow."""
    if ending == ".pdf":
        from frontstage.assess.report.pdf import render_pdf

        return render_pdf(document, lang)
    if ending == ".xlsx":
        from frontstage.assess.report.xlsx import render_xlsx

        return render_xlsx(document, lang)
    if ending == ".html":
        from frontstage.assess.report.html import render_html

        return render_html(document, lang).encode()
    raise ValueError(ending)
