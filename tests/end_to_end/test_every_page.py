"""Every page, at desk and phone width, in both languages, light and dark."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page

from tests.end_to_end.conftest import DESK, PHONE, Opener
from tests.end_to_end.places import PLACES, Place
from tests.end_to_end.watching import Watch, keep_picture, overflow, violations

LINKS_TRIED = 8


def go(page: Page, place: Place) -> None:
    """Open the place, following its links."""
    answer = page.goto(place.address)
    assert answer is not None
    if place.follow:
        assert _follow(page, place.follow), f"{place.name}: no way to {place.follow} from {place.address}"
    else:
        assert answer.status == place.status
    page.wait_for_load_state("load")
    page.wait_for_timeout(250)


def _follow(page: Page, patterns: tuple[str, ...]) -> bool:
    """Go on by links that match, the first that leads all the way; False when none does."""
    if not patterns:
        return True
    links: list[str] = page.eval_on_selector_all("main a[href]", "all => all.map(one => one.href)")
    for link in [one for one in dict.fromkeys(links) if re.search(patterns[0], one)][:LINKS_TRIED]:
        answer = page.goto(link)
        if answer is not None and answer.status == 200 and _follow(page, patterns[1:]):
            return True
    return False


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.name)
def test_a_page_is_sound_at_both_widths_and_in_both_schemes(
    open_as: Opener, place: Place, language: str
) -> None:
    page = open_as(place.person, size=DESK, language=language)
    watch = Watch(page, expected_status=place.status)
    go(page, place)
    problems = []
    for width, size in (("desk", DESK), ("phone", PHONE)):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        page.wait_for_timeout(150)
        keep_picture(page, f"{place.name}-{language}-{width}")
        problems += [f"{width}: sticks out: {one}" for one in overflow(page)]
        problems += [f"{width}: {one}" for one in violations(page)]
    page.evaluate("document.documentElement.dataset.bsTheme = 'dark'")
    keep_picture(page, f"{place.name}-{language}-phone-dark")
    problems += [f"dark: {one}" for one in violations(page, only=["color-contrast"])]
    problems += [f"console: {one}" for one in watch.said]
    assert not problems, "\n".join(problems)


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_a_page_says_its_language_and_has_one_main_heading(open_as: Opener, language: str) -> None:
    page = open_as(None, language=language)
    page.goto("/")
    assert page.get_attribute("html", "lang") == ("zh-Hans" if language == "zh-hans" else "en")
    assert page.locator("h1:visible").count() == 1
