"""The customer's pages: a report in one go, her case by a signed link, and nothing that is not hers."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from frontstage.cases.models import Attachment, Case
from frontstage.cases.public import add_note, case_link
from frontstage.customers.public import Customer
from tests.cast import NOW, Cast, liu_reports

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 64
REPORT = {
    "name": "Emma Clarke",
    "mobile": "139 0013 9000",
    "district": "riverside",
    "address": "9 River Road",
    "body": "The hob hisses. Since this morning.",
    "key": "browser-key-1",
}


def signed_in(user: object) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")  # type: ignore[arg-type]
    return client


def test_a_stranger_reports_and_follows_her_case(cast: Cast) -> None:
    client = Client()
    photo = SimpleUploadedFile("hob.png", PNG)
    answer = client.post("/report/appliance_repair/", {**REPORT, "files": photo})
    assert re.fullmatch(r"/c/[^/]+/\?new=1", answer["Location"])
    page = client.get(answer["Location"]).content.decode()
    case = Case.objects.get()
    assert case.number in page
    assert case.subject == "The hob hisses"
    assert "Handle" in page  # the promise that runs
    assert case.customer.contact_points.get().value == "+8613900139000"
    file = client.get(re.search(r"/c/[^/]+/files/\d+/", page)[0])  # type: ignore[index]
    assert b"".join(file.streaming_content) == PNG  # type: ignore[attr-defined]


def test_the_same_form_sent_twice_is_one_case(cast: Cast) -> None:
    client = Client()
    first, second = (client.post("/report/appliance_repair/", REPORT)["Location"] for _ in range(2))
    assert Case.objects.count() == 1
    assert client.get(first).status_code == client.get(second).status_code == 200


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("mobile", "call me", "not a telephone number"),
        ("body", "", "required"),
        ("district", "atlantis", "valid choice"),
        ("occurred_at", "2999-01-01T10:00", "in the future"),
        ("occurred_at", "1999-01-01T10:00", "more than a year ago"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_nothing_typed_is_lost(
    cast: Cast, field: str, value: str, words: str
) -> None:
    answer = Client().post("/report/appliance_repair/", {**REPORT, field: value})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert "9 River Road" in page
    assert not Case.objects.exists()


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("page.html", b"<html><script>alert(1)</script>", "not a picture"),
        ("leak.png", b"MZ\x90\x00" * 9, "not a picture"),
        ("long.pdf", b"%PDF-1.7" + b"0" * (10 * 1024 * 1024), "larger than 10 MB"),
    ],
)
def test_files_that_are_not_accepted_are_refused_by_content_and_size(
    cast: Cast, name: str, content: bytes, words: str
) -> None:
    answer = Client().post(
        "/report/appliance_repair/", {**REPORT, "files": SimpleUploadedFile(name, content)}
    )
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Case.objects.exists()


def test_files_are_served_so_that_no_browser_runs_them(cast: Cast) -> None:
    pdf = SimpleUploadedFile("bill.pdf", b"%PDF-1.7 bill")
    case = liu_reports(cast, files=[pdf])
    answer = Client().get(f"{case_link(case)}files/{Attachment.objects.get().pk}/")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert answer["Content-Disposition"].startswith("attachment")


def test_a_link_is_good_until_it_is_tampered_with_or_revoked(cast: Cast) -> None:
    case = liu_reports(cast)
    link = case_link(case)
    assert Client().get(link).status_code == 200
    assert Client().get(link[:-4] + "aaa/").status_code == 404
    agent = signed_in(cast.chen)
    agent.post(f"/desk/cases/{case.number}/new-link/")
    assert Client().get(link).status_code == 404
    case.refresh_from_db()
    assert Client().get(case_link(case)).status_code == 200


def test_internal_notes_and_their_files_never_reach_the_customer(cast: Cast) -> None:
    case = liu_reports(cast)
    add_note(
        case_id=case.pk, body="Difficult customer", user=cast.chen, now=NOW, actor=cast.chen.actor(origin="desk"),
        files=[SimpleUploadedFile("secret.png", PNG)],
    )  # fmt: skip
    client = Client()
    page = client.get(case_link(case)).content.decode()
    assert "Difficult customer" not in page
    assert "secret.png" not in page
    assert client.get(f"{case_link(case)}files/{Attachment.objects.get().pk}/").status_code == 404


def test_a_customer_sees_her_own_cases_only(cast: Cast) -> None:
    mine = liu_reports(cast)
    Client().post("/report/appliance_repair/", REPORT)
    other = Case.objects.exclude(pk=mine.pk).get()
    page = signed_in(cast.liu).get("/my/").content.decode()
    assert mine.number in page
    assert other.number not in page
    assert Customer.objects.count() == 2


def test_the_portal_speaks_the_readers_language(cast: Cast) -> None:
    client = Client()
    client.cookies["django_language"] = "zh-hans"
    assert "Appliance repair" not in client.get("/").content.decode()
    client.post("/report/appliance_repair/", REPORT)
    assert Case.objects.get().language == "zh-hans"
