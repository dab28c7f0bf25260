"""Pages of the shell: language switch, refusals, last resorts."""

from __future__ import annotations

import pytest
from django.test import Client

from frontstage.people.public import Role, User

pytestmark = pytest.mark.django_db


def test_the_language_is_kept_in_the_browser_and_in_the_account(client: Client) -> None:
    user = User.objects.create_user("chen", password="binjiang-2026", roles=[Role.AGENT], language="en")
    client.force_login(user)
    answer = client.post("/language/", {"language": "zh-hans", "next": "/account/login/"})
    assert answer.status_code == 302
    assert answer["Location"] == "/account/login/"
    assert answer.cookies["django_language"].value == "zh-hans"
    user.refresh_from_db()
    assert user.language == "zh-hans"


def test_the_language_switch_leads_to_no_other_site(client: Client) -> None:
    assert client.post("/language/", {"language": "en", "next": "https://example.org/"})["Location"] == "/"


def test_an_unknown_language_changes_nothing(client: Client) -> None:
    answer = client.post("/language/", {"language": "tlh", "next": "/"})
    assert "django_language" not in answer.cookies


def test_reading_the_language_address_is_refused(client: Client) -> None:
    assert client.get("/language/").status_code == 405


def test_a_missing_page_says_so_in_the_reader_s_language(client: Client) -> None:
    client.cookies["django_language"] = "zh-hans"
    answer = client.get("/no-such-page/")
    assert answer.status_code == 404
    assert "这里没有内容" in answer.content.decode()


def test_a_page_s_policy_allows_no_inline_script_or_style(client: Client) -> None:
    policy = client.get("/account/login/")["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "style-src 'self'" in policy


def test_a_refusal_becomes_a_notice_for_htmx_and_a_page_otherwise(client: Client) -> None:
    user = User.objects.create_user("sun", password="binjiang-2026", roles=[Role.FIELD_WORKER], language="en")
    client.force_login(user)
    page = client.get("/desk/")
    assert page.status_code == 403
    assert "<html" in page.content.decode()
    fragment = client.get("/desk/", headers={"HX-Request": "true"})
    assert fragment.status_code == 403
    assert fragment["HX-Retarget"] == "#notices"
    assert "<html" not in fragment.content.decode()


def test_every_account_page_opens_in_the_house_style(client: Client) -> None:
    user = User.objects.create_user(
        "lin", password="binjiang-2026", roles=[Role.QUALITY_MANAGER], language="en"
    )
    assert "sheet-title" in client.get("/account/login/").content.decode()
    client.force_login(user)
    for address in ("/account/password/change/", "/account/2fa/", "/account/sessions/", "/account/logout/"):
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert "sheet-title" in answer.content.decode(), address
