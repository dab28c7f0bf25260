"""Signed links: whoever holds one may follow that one case, until the links already given out are revoked."""

from __future__ import annotations

from django.core import signing

from frontstage.cases.errors import LinkNoLongerGood
from frontstage.cases.models import Case

SALT = "frontstage.case"


def case_token(case: Case) -> str:
    return signing.dumps([case.pk, case.link_version], salt=SALT)


def case_link(case: Case) -> str:
    """The path that a customer follows her case by."""
    return f"/c/{case_token(case)}/"


def case_by_token(token: str) -> Case:
    """The case that the token was made for. Raises LinkNoLongerGood."""
    try:
        case_id, version = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError) as error:
        raise LinkNoLongerGood from error
    case = (
        Case.objects.select_related("kind", "customer", "site", "district", "assignee")
        .filter(pk=case_id, link_version=version)
        .first()
    )
    if case is None:
        raise LinkNoLongerGood
    return case
