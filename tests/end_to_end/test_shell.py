"""The shell at work: language, colours, menu on a phone."""

from __future__ import annotations

from tests.end_to_end.conftest import PHONE, Opener


def test_the_language_switch_is_remembered(open_as: Opener) -> None:
    page = open_as(None)
    page.goto("/account/login/")
    page.click("button[name=language]")
    page.wait_for_load_state()
    assert page.get_attribute("html", "lang") == "zh-Hans"
    assert page.url.endswith("/account/login/")
    page.goto("/")
    assert page.get_attribute("html", "lang") == "zh-Hans"


def test_the_colour_scheme_follows_the_system_and_then_the_reader(open_as: Opener) -> None:
    page = open_as(None, dark=True)
    page.goto("/account/login/")
    assert page.get_attribute("html", "data-bs-theme") == "dark"
    page.click("[data-scheme-switch]")
    assert page.get_attribute("html", "data-bs-theme") == "light"
    page.reload()
    assert page.get_attribute("html", "data-bs-theme") == "light"


def test_the_menu_opens_on_a_phone_and_closes_with_escape(open_as: Opener) -> None:
    page = open_as("chen", size=PHONE)
    page.goto("/desk/")
    assert not page.is_visible("#side .side-nav")
    page.click("[data-side-open]")
    page.wait_for_selector("#side .side-nav", state="visible")
    page.keyboard.press("Escape")
    page.wait_for_selector("#side .side-nav", state="hidden")
    assert page.evaluate("document.activeElement.hasAttribute('data-side-open')")


def test_the_first_tab_leads_to_the_content(open_as: Opener) -> None:
    page = open_as("chen")
    page.goto("/desk/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_staff_hear_of_events_live(open_as: Opener) -> None:
    page = open_as("chen")
    page.goto("/desk/")
    page.wait_for_selector("[data-live-state=on]", timeout=10_000)
