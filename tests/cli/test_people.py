"""Accounts and keys from the command line."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from frontstage.people.errors import NameTaken, UnknownTeam, WeakPassword
from frontstage.people.public import User, add_person, issue_token
from tests.cast import Cast, liu_reports

MEI = {
    "username": "mei",
    "name": "梅芳",
    "roles": ["agent"],
    "teams": ["desk"],
    "email": "",
    "language": "en",
}


def test_a_person_added_may_sign_in_and_do_her_work(cast: Cast) -> None:
    add_person(**MEI, password="a long pass phrase")
    client = Client()
    assert client.login(username="mei", password="a long pass phrase")
    liu_reports(cast)
    assert "water heater" in client.get("/desk/").content.decode()


def test_what_is_wrong_with_an_account_is_said(cast: Cast) -> None:
    with pytest.raises(WeakPassword):
        add_person(**MEI, password="short")
    with pytest.raises(UnknownTeam, match="desk"):
        add_person(**{**MEI, "teams": ["moon"]}, password="a long pass phrase")
    with pytest.raises(NameTaken):
        add_person(**{**MEI, "username": "CHEN"}, password="a long pass phrase")
    assert not User.objects.filter(username="mei").exists()


def test_a_key_opens_the_interface_within_its_persons_roles(cast: Cast) -> None:
    liu_reports(cast)
    key = issue_token(user=cast.chen, name="shop", now=timezone.now())
    asked = {"HTTP_AUTHORIZATION": f"Bearer {key}"}
    assert len(Client().get("/api/v1/cases", **asked).json()["cases"]) == 1
    outsider = issue_token(user=cast.ma, name="other", now=timezone.now())
    assert Client().get("/api/v1/cases", HTTP_AUTHORIZATION=f"Bearer {outsider}").json()["cases"] == []
    worker = issue_token(user=cast.sun, name="phone", now=timezone.now())
    assert Client().get("/api/v1/cases", HTTP_AUTHORIZATION=f"Bearer {worker}").status_code == 401


def test_a_repeated_call_with_its_key_opens_one_case(cast: Cast) -> None:
    key = issue_token(user=cast.chen, name="shop", now=timezone.now())
    body = {"kind": "appliance_repair", "customer": cast.customer.number, "body": "No flame."}
    asked = {"HTTP_AUTHORIZATION": f"Bearer {key}", "HTTP_IDEMPOTENCY_KEY": "k1"}
    first = Client().post("/api/v1/cases", body, content_type="application/json", **asked)
    again = Client().post("/api/v1/cases", body, content_type="application/json", **asked)
    assert (first.status_code, first.json()["number"]) == (201, again.json()["number"])
    refused = Client().post("/api/v1/cases", {**body, "kind": "nonsense"}, content_type="application/json", HTTP_AUTHORIZATION=f"Bearer {key}")  # fmt: skip
    assert (refused.status_code, refused["Content-Type"]) == (422, "application/problem+json")
    assert refused.json()["code"] == "unknown_kind"
