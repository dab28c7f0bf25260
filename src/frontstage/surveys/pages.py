"""The respondent's page: opened by a signed link, resumed where it was left, answered once."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_POST

from frontstage.foundation.actors import Actor
from frontstage.foundation.bilingual import in_language
from frontstage.foundation.errors import Refusal
from frontstage.people.public import address_of
from frontstage.surveys.actions import keep_draft, submit
from frontstage.surveys.errors import AnswersRefused
from frontstage.surveys.links import invitation_by_token
from frontstage.surveys.models import Invitation
from frontstage.surveys.rules import EXPECTATION, PERCEPTION
from frontstage.surveys.survey_model import survey_model

LARGEST_DRAFT = 64 * 1024


def answer(request: HttpRequest, token: str) -> HttpResponse:
    """The questionnaire; without scripts the same address takes a plain form."""
    try:
        invitation = invitation_by_token(token, now=timezone.now())
    except Refusal as refusal:
        return render(request, "surveys/closed.html", {"refusal": refusal}, status=refusal.status)
    said: dict[str, Any] = invitation.draft.get("data", {})
    errors: dict[str, str] = {}
    if request.method == "POST":
        said = {key: value for key, value in request.POST.items() if key != "csrfmiddlewaretoken"}
        try:
            submit(
                invitation=invitation,
                said=said,
                language=get_language() or "en",
                now=timezone.now(),
                actor=_respondent(request, invitation),
            )
            return redirect("surveys:thanks", token=token)
        except AnswersRefused as refusal:
            errors = refusal.errors
            keep_draft(invitation=invitation, draft={"data": said}, now=timezone.now())
    instrument = invitation.study.instrument
    items = list(instrument.items.all())
    context = {
        "invitation": invitation,
        "instrument": instrument,
        "token": token,
        "model": survey_model(instrument, items),
        "draft": invitation.draft,
        "plain": _plain(instrument, items, said, errors),
        "errors": errors,
    }
    return render(request, "surveys/answer.html", context, status=422 if errors else 200)


def _respondent(request: HttpRequest, invitation: Invitation) -> Actor:
    return Actor(
        kind="customer", label=invitation.customer.name, origin="portal", address=address_of(request)
    )


def _plain(
    instrument: Any, items: list[Any], said: dict[str, Any], errors: dict[str, str]
) -> list[dict[str, Any]]:
    """The questions as a plain form shows them."""
    numbers = range(instrument.minimum, instrument.maximum + 1)
    questions = []
    for item in items:
        names = (
            [(item.code + EXPECTATION, item.expectation_text), (item.code + PERCEPTION, item.text)]
            if item.kind == "paired"
            else [(item.code, item.text)]
        )
        questions += [
            {
                "name": name,
                "title": in_language(text),
                "numbers": None
                if item.kind == "text"
                else [(n, str(said.get(name, "")) == str(n)) for n in numbers],
                "value": said.get(name, ""),
                "error": errors.get(name),
            }
            for name, text in names
        ]
    return questions


def _body(request: HttpRequest) -> dict[str, Any]:
    """The JSON object of the request; an empty one for anything else."""
    if len(request.body) > LARGEST_DRAFT:
        return {}
    try:
        said = json.loads(request.body)
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}


def _problem(refusal: Refusal) -> JsonResponse:
    said = {"code": refusal.code, "message": str(refusal), "errors": getattr(refusal, "errors", {})}
    return JsonResponse(said, status=refusal.status)


@require_POST
def save(request: HttpRequest, token: str) -> HttpResponse:
    """Keep the answers so far."""
    try:
        invitation = invitation_by_token(token, now=timezone.now())
    except Refusal as refusal:
        return _problem(refusal)
    said = _body(request)
    data, page = said.get("data"), said.get("page")
    if isinstance(data, dict):
        draft = {"data": data, "page": page if isinstance(page, int) else 0}
        keep_draft(invitation=invitation, draft=draft, now=timezone.now())
    return HttpResponse(status=204)


@require_POST
def send(request: HttpRequest, token: str) -> HttpResponse:
    """Take the answers of the form library."""
    data = _body(request).get("data")
    try:
        invitation = invitation_by_token(token, now=timezone.now())
        submit(
            invitation=invitation,
            said=data if isinstance(data, dict) else {},
            language=get_language() or "en",
            now=timezone.now(),
            actor=_respondent(request, invitation),
        )
    except Refusal as refusal:
        return _problem(refusal)
    return JsonResponse({"next": f"/surveys/s/{token}/thanks/"})


def thanks(request: HttpRequest, token: str) -> HttpResponse:
    return render(request, "surveys/thanks.html")
