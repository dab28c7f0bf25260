"""What a page must not do: complain in the console, break the security policy, scroll sideways, shut anybody out."""

from __future__ import annotations

import os
import re
from functools import cache
from pathlib import Path
from typing import Any

import axe_playwright_python
from playwright.sync_api import ConsoleMessage, Page

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
GRAVE = {"serious", "critical"}
SCREENSHOTS = Path(__file__).resolve().parents[2] / "screenshots"


@cache
def _axe() -> str:
    return (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")


def violations(page: Page, *, only: list[str] | None = None) -> list[str]:
    """Serious and critical findings of axe-core (WCAG 2.2 A and AA), a line each.

    The script comes in through the debugger, so the page's security policy stays as it is.
    """
    page.evaluate(_axe())
    rules: dict[str, Any] = (
        {"runOnly": {"type": "rule", "values": only}}
        if only
        else {"runOnly": {"type": "tag", "values": WCAG}}
    )
    found = page.evaluate("rules => axe.run(document, {...rules, resultTypes: ['violations']})", rules)
    return [
        f"{one['id']} ({one['impact']}): {node['html'][:160]} :: {node.get('failureSummary', '')[:200]}"
        for one in found["violations"]
        if one["impact"] in GRAVE
        for node in one["nodes"][:4]
    ]


def overflow(page: Page) -> list[str]:
    """What sticks out sideways, if the page can be scrolled that way."""
    return page.evaluate(
        """() => {
          const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth
          if (wide <= 0) return []
          const edge = document.documentElement.clientWidth
          return [`${wide}px`, ...[...document.querySelectorAll('body *')]
            .filter(e => e.getBoundingClientRect().right > edge + 1 && !e.closest('.table-responsive'))
            .slice(0, 5).map(e => e.outerHTML.slice(0, 120))]
        }"""
    )


class Watch:
    """Collects what a page says to the console and throws; violations of the security policy are among it."""

    def __init__(self, page: Page, *, expected_status: int = 200) -> None:
        self.said: list[str] = []
        self._expected = f"status of {expected_status}"
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.said.append(f"thrown: {error}"))

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type == "error" and self._expected not in message.text:
            self.said.append(message.text)


def keep_picture(page: Page, name: str) -> None:
    """A screenshot under screenshots/ when SCREENSHOTS=1."""
    if os.environ.get("SCREENSHOTS") == "1":
        SCREENSHOTS.mkdir(exist_ok=True)
        page.screenshot(path=SCREENSHOTS / f"{re.sub(r'[^a-z0-9_-]', '_', name)}.png", full_page=True)
