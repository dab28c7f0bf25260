"""Asked once on closing, resumed where it was left, judged again by the server, counted once."""

from __future__ import annotations

import datetime as dt
import json
import threading

import pytest
from django.db import connections
from django.test import Client
from django.utils import timezone

from frontstage.cases.public import Case, note_visit, transition
from frontstage.charters.public import apply
from frontstage.customers.public import Customer
from frontstage.foundation.actors import SYSTEM
from frontstage.foundation.models import Event
from frontstage.surveys.actions import invite, keep_draft, submit
from frontstage.surveys.errors import AlreadyAnswered, AnswersRefused, InstrumentIsFrozen
from frontstage.surveys.models import Answer, Invitation, Response, Study
from frontstage.surveys.public import install_instrument, invitation_link, open_invitation_for
from frontstage.surveys.rules import Asked, read_answers
from tests.cast import HOUR, Cast, customer_actor, liu_reports
from tests.charters.test_checking import GAS

PAIRED = ("tan1", "tan2", "rel1", "rel2", "res1", "res2", "ass1", "ass2", "emp1", "emp2")
COMPLETE = {f"{code}_{half}": 6 if half == "E" else 5 for code in PAIRED for half in "EP"} | {"overall": 6}


def closed_case(cast: Cast) -> Case:
    """Liu's repair, from report to closing, an hour ago."""
    now = timezone.now()
    apply(GAS, now=now - dt.timedelta(days=1), actor=SYSTEM)
    case = liu_reports(cast, now=now - 3 * HOUR)
    for happened in ("visit.dispatched", "visit.arrived", "visit.finished:done"):
        note_visit(case_id=case.pk, happened=happened, now=now - 2 * HOUR, actor=SYSTEM)
    who = {"user": cast.zhao, "actor": cast.zhao.actor(origin="desk"), "now": now - HOUR}
    transition(case_id=case.pk, code="verify", **who)
    transition(case_id=case.pk, code="close", cause="output", **who)
    case.refresh_from_db()
    return case


def test_closing_asks_the_customer_once(cast: Cast) -> None:
    case = closed_case(cast)
    invitation = Invitation.objects.get(case=case)
    assert open_invitation_for(case, now=timezone.now()).link == invitation_link(invitation.pk)
    assert invite(study=invitation.study, case=case, now=timezone.now()) is None
    assert Event.objects.filter(name="survey.invited", subject_id=case.pk).count() == 1


def test_nobody_is_asked_who_wishes_no_questions_or_was_asked_lately(cast: Cast) -> None:
    case = closed_case(cast)
    study = Study.objects.get(code="after_service")
    later = liu_reports(cast, now=timezone.now())
    assert invite(study=study, case=later, now=timezone.now()) is None  # within the 30 days of rest
    assert invite(study=study, case=later, now=timezone.now() + dt.timedelta(days=31)) is not None
    Customer.objects.update(accepts_surveys=False)
    quiet = Case.objects.select_related("customer").get(pk=case.pk)
    Invitation.objects.all().delete()
    assert invite(study=study, case=quiet, now=timezone.now()) is None


def test_nobody_is_asked_by_two_studies_about_one_case_nor_within_the_rest_days_of_any(cast: Cast) -> None:
    case = closed_case(cast)
    other = Study.objects.get(code="service_index")
    assert Invitation.objects.get(case=case).study.code == "after_service"
    much_later = timezone.now() + dt.timedelta(days=60)
    assert invite(study=other, case=case, now=much_later) is None
    later = liu_reports(cast, now=timezone.now())
    assert invite(study=other, case=later, now=timezone.now()) is None
    assert invite(study=other, case=later, now=timezone.now() + dt.timedelta(days=31)) is not None


def test_the_page_resumes_the_draft_and_takes_one_answer(cast: Cast) -> None:
    case = closed_case(cast)
    link = open_invitation_for(case, now=timezone.now()).link
    client = Client()
    assert client.get(link).status_code == 200
    draft = json.dumps({"data": {"tan1_E": 7}, "page": 1})
    assert client.post(f"{link}save/", draft, content_type="application/json").status_code == 204
    again = Client().get(link)  # another phone
    assert again.context["draft"] == {"data": {"tan1_E": 7}, "page": 1}
    sent = client.post(f"{link}send/", json.dumps({"data": COMPLETE}), content_type="application/json")
    assert sent.status_code == 200
    second = client.post(f"{link}send/", json.dumps({"data": COMPLETE}), content_type="application/json")
    assert (second.status_code, second.json()["code"]) == (409, "survey_already_answered")
    assert client.get(link).status_code == 409
    assert Answer.objects.filter(response__case=case).count() == 11
    assert Event.objects.filter(name="survey.answered", subject_id=case.pk).count() == 1


def test_without_scripts_the_same_address_takes_a_plain_form(cast: Cast) -> None:
    case = closed_case(cast)
    link = open_invitation_for(case, now=timezone.now()).link
    client = Client()
    refused = client.post(link, {"tan1_E": "9"})
    assert refused.status_code == 422
    assert client.post(link, {key: str(value) for key, value in COMPLETE.items()}).status_code == 302
    assert Response.objects.count() == 1


def test_what_is_refused_is_said_and_the_draft_stays(cast: Cast) -> None:
    case = closed_case(cast)
    invitation = Invitation.objects.get(case=case)
    keep_draft(invitation=invitation, draft={"data": {"tan1_E": 7}}, now=timezone.now())
    with pytest.raises(AnswersRefused) as refusal:
        submit(invitation=invitation, said={**COMPLETE, "tan1_E": 9, "made_up": 1}, language="en", now=timezone.now(), actor=customer_actor())  # fmt: skip
    assert set(refusal.value.errors) == {"tan1_E", "made_up"}
    invitation.refresh_from_db()
    assert invitation.draft == {"data": {"tan1_E": 7}}
    assert not Response.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_of_two_submissions_at_once_one_counts_and_the_other_is_told(committed_cast: Cast) -> None:
    closed_case(committed_cast)
    invitation = Invitation.objects.select_related("study__instrument", "case", "customer").get()
    outcomes: list[str] = []

    def send() -> None:
        try:
            submit(
                invitation=invitation,
                said=COMPLETE,
                language="en",
                now=timezone.now(),
                actor=customer_actor(),
            )
            outcomes.append("taken")
        except AlreadyAnswered:
            outcomes.append("told")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=send) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["taken", "told"]
    assert Answer.objects.count() == 11


def test_bad_expired_and_revoked_links_each_say_so(cast: Cast) -> None:
    case = closed_case(cast)
    link = open_invitation_for(case, now=timezone.now()).link
    client = Client()
    assert client.get("/surveys/s/nonsense/").status_code == 404
    Invitation.objects.update(expires_at=timezone.now() - HOUR)
    assert client.get(link).status_code == 410
    Invitation.objects.update(expires_at=timezone.now() + HOUR, revoked_at=timezone.now())
    assert client.get(link).status_code == 410


def test_an_answered_questionnaire_is_frozen(cast: Cast) -> None:
    case = closed_case(cast)
    invitation = Invitation.objects.select_related("study__instrument", "case", "customer").get(case=case)
    submit(invitation=invitation, said=COMPLETE, language="en", now=timezone.now(), actor=customer_actor())
    changed = {
        "code": "servqual_short", "version": 1, "name": {}, "dimensions": [], "items": [{"code": "x", "kind": "text", "text": {}}],
    }  # fmt: skip
    with pytest.raises(InstrumentIsFrozen, match="Raise its version"):
        install_instrument(edition="x@1", instrument=changed, now=timezone.now())


@pytest.mark.parametrize("value", [0, 8, "8", 3.5, True, [], {}, "seven", None, "", "1e9", "-1"])
def test_what_is_no_mark_on_the_scale_is_refused(value: object) -> None:
    rows, errors = read_answers([Asked("a", "rating", True)], {"a": value}, minimum=1, maximum=7)
    assert not rows
    assert set(errors) == {"a"}


def test_half_a_pair_that_is_not_required_is_kept_as_half() -> None:
    rows, errors = read_answers([Asked("a", "paired", False)], {"a_E": "7"}, minimum=1, maximum=7)
    assert (rows, errors) == ({"a": {"expectation": 7}}, {})
