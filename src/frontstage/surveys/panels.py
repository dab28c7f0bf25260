"""What surveys show on a case."""

from __future__ import annotations

from django.http import HttpRequest
from django.template.loader import render_to_string

from frontstage.cases.public import Case
from frontstage.surveys.models import Invitation
from frontstage.surveys.queries import response_of_case


def case_panel(request: HttpRequest, case: Case) -> str:
    """What the customer answered about this case, or that she was asked."""
    response = response_of_case(case)
    invitation = None if response else Invitation.objects.filter(case=case).first()
    if response is None and invitation is None:
        return ""
    answers = sorted(response.answers.all(), key=lambda answer: answer.item.position) if response else []
    return render_to_string(
        "surveys/_case_panel.html",
        {"response": response, "answers": answers, "invitation": invitation},
        request,
    )
