"""Every address of the site as every role and as a stranger, against the table in docs/reference/roles.md.

UPDATE_TABLES=1 writes the table anew: look at what changed before you commit it.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from frontstage.cases.models import Attachment
from frontstage.cases.public import case_token, take_case
from frontstage.charters.public import apply
from frontstage.commitments.public import clocks_of
from frontstage.customers.public import Customer
from frontstage.foundation.actors import SYSTEM
from frontstage.improvement.models import Initiative
from frontstage.people.public import Team
from frontstage.satisfaction.public import Scope, compute_now, trees
from frontstage.surveys.links import invitation_token
from frontstage.surveys.public import Study, invite
from frontstage.visits.models import InspectionPlan
from frontstage.visits.public import plan_visit
from tests.cast import Cast, liu_reports
from tests.charters.test_checking import GAS

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "reference" / "roles.md"
BEGIN, END = "<!-- table: begin -->", "<!-- table: end -->"
# Changed by a POST only; a GET there is refused to everybody alike.
POSTED = {
    "cases": {"take", "say", "step", "assign", "waive", "new_link"},
    "visits": {"step", "send", "cancel", "plan"},
    "customers": {"care"},
    "improvement": {"step"},
    "portal": {"say", "step"},
    "satisfaction": {"compute"},
    "surveys": {"save", "send"},
    "web": {"language", "set_language"},
}
WHO = ("stranger", "customer", "agent", "outsider", "team_lead", "field_worker", "quality_manager", "head_of_service", "administrator")  # fmt: skip


def named(patterns: list[URLPattern | URLResolver], space: str = "") -> Iterator[tuple[str, URLPattern]]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from named(pattern.url_patterns, pattern.namespace or space)
        elif pattern.name:
            yield f"{space}:{pattern.name}" if space else pattern.name, pattern


@pytest.fixture
def values(cast: Cast) -> dict[str, dict[str, object]]:
    """What stands in each address's places: Liu's case, her file, Sun's visit, an open questionnaire."""
    apply(GAS, now=timezone.now() - dt.timedelta(days=1), actor=SYSTEM)
    for user in (cast.chen, cast.wang, cast.zhao):
        user.teams.add(Team.objects.get(code="desk_day"))
    now = timezone.now()
    png = SimpleUploadedFile("a.png", b"\x89PNG\r\n\x1a\n0")
    case = liu_reports(cast, files=[png], now=now - dt.timedelta(hours=1))
    take_case(case_id=case.pk, user=cast.chen, now=now, actor=SYSTEM)
    plan = InspectionPlan.objects.create(site=cast.site, cycle_code="residential", due_on=now.date())
    visit = plan_visit(
        case=case, site=None, purpose="repair", team=Team.objects.get(code="field"), worker=cast.sun,
        planned_from=now, planned_to=now + dt.timedelta(hours=1), agreed=False, user=cast.chen, now=now, actor=SYSTEM,
    )  # fmt: skip
    study = Study.objects.select_related("instrument").get(code="after_service")
    invitation = invite(study=study, case=case, now=now)
    initiative = Initiative.objects.create(
        title="Faster", study=study, dimension="responsiveness", finding={"gap": -1.0, "n": 3, "expectation": 6.0, "perception": 5.0},
        owner=cast.zhao, opened_by=cast.lin, due_on=now.date(), expected_effect="0.5", opened_at=now,
    )  # fmt: skip
    attachment = Attachment.objects.get()
    clock = clocks_of("case", [case.pk])[case.pk][0]
    run = compute_now(tree=trees().get(), scope=Scope(), now=now)
    return {
        "run_id": {"satisfaction": run.pk},
        "ending": {"satisfaction": "html"},
        "number": {
            "cases": case.number,
            "visits": case.number,
            "customers": cast.customer.number,
            "api": case.number,
        },
        "token": {"portal": case_token(case), "surveys": invitation_token(invitation.pk)},
        "kind": {"portal": "gas_leak", "cases": "gas_leak"},
        "visit_id": {"visits": visit.pk},
        "plan_id": {"visits": plan.pk},
        "initiative_id": {"improvement": initiative.pk},
        "attachment_id": {"cases": attachment.pk, "portal": attachment.pk},
        "clock_id": {"cases": clock.pk},
        "since": {"web": 0},
    }


def address(name: str, pattern: URLPattern, values: dict[str, dict[str, object]]) -> str:
    space = name.partition(":")[0]
    filled = {key: values[key][space] for key in pattern.pattern.converters if space in values.get(key, {})}
    found = reverse(name, kwargs=filled)
    if name == "improvement:open":
        found += "?study=after_service&dimension=responsiveness"
    return found


def outcome(client: Client, name: str, where: str) -> str:
    space, _, short = name.partition(":")
    posted = short in POSTED.get(space, set())
    response = client.post(where) if posted else client.get(where)
    if response.status_code == 302 and "/account/login/" in response["Location"]:
        return "sign in"
    if response.status_code in (401, 403):
        return "refused"
    if response.status_code == 404:
        return "hidden"
    # No worker runs in a test: the program says so, to everybody.
    assert response.status_code < 500 or name == "web:healthz", (name, response.status_code)
    return "open"


def table(cast: Cast, values: dict[str, dict[str, object]]) -> str:
    people = dict(
        zip(
            WHO,
            (None, cast.liu, cast.chen, cast.ma, cast.zhao, cast.sun, cast.lin, cast.he, cast.ai),
            strict=True,
        )
    )
    lines = [
        "| address | " + " | ".join(who.replace("_", " ") for who in WHO) + " |",
        "|---" * (len(WHO) + 1) + "|",
    ]
    for name, pattern in named(get_resolver().url_patterns):
        if name.partition(":")[0] not in SPACES:
            continue
        cells = []
        for user in people.values():
            client = Client()
            if user is not None:
                client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
            cells.append(outcome(client, name, address(name, pattern, values)))
        lines.append(f"| `{name}` | " + " | ".join(cells) + " |")
    return "\n".join(lines)


# allauth's own addresses are tested by allauth; ours are all here.
SPACES = {
    "web", "portal", "cases", "visits", "customers", "surveys", "quality", "satisfaction", "improvement", "reporting", "charters", "api",
}  # fmt: skip


def test_every_address_answers_every_role_as_the_table_says(
    cast: Cast, values: dict[str, dict[str, object]]
) -> None:
    found = table(cast, values)
    written = DOCUMENT.read_text(encoding="utf-8") if DOCUMENT.exists() else f"{BEGIN}\n{END}\n"
    head, _, rest = written.partition(BEGIN)
    said, _, tail = rest.partition(END)
    if os.environ.get("UPDATE_TABLES"):
        DOCUMENT.write_text(f"{head}{BEGIN}\n{found}\n{END}{tail}", encoding="utf-8")
    else:
        assert found == said.strip(), "docs/reference/roles.md differs: look, then UPDATE_TABLES=1"


def test_no_list_shows_an_outsider_what_is_not_hers(cast: Cast, values: dict[str, dict[str, object]]) -> None:
    number = values["number"]["cases"]
    for user in (cast.ma, cast.sun):
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        for where in ("/desk/?view=all", "/desk/?view=all&q=heater", "/visits/inspections/"):
            response = client.get(where)
            if response.status_code == 200:
                assert str(number) not in response.content.decode(), (user, where)
    assert Customer.objects.count() == 1
