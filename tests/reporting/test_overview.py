"""Every figure of the overview equals the number of rows on the page that it links to."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from frontstage.demo.public import seed
from frontstage.people.public import Team, User


@pytest.fixture
def site(db: None) -> dict[str, Client]:
    from frontstage.commitments.definitions import forget

    forget()
    seed(80, now=timezone.now())
    clients = {}
    for name in ("he", "zhao"):
        clients[name] = Client()
        clients[name].force_login(
            User.objects.get(username=name), backend="django.contrib.auth.backends.ModelBackend"
        )
    return clients


def test_each_figure_is_as_large_as_the_list_behind_it(site: dict[str, Client]) -> None:
    for name, client in site.items():
        page = client.get("/overview/?days=365").context
        whole = client.get("/overview/promises/?days=365&district=").context
        assert page["all"].decided == whole["total"] > 0, name
        for dimension, _title, shares in page["tables"]:
            assert sum(share.decided for _, share in shares) == page["all"].decided
            for _, share in shares:
                listed = client.get(
                    f"/overview/promises/?days=365&{dimension}={share.key}&state=breached"
                ).context
                assert listed["total"] == share.broken, (dimension, share.key)
        weeks = page["weeks"]["series"][0]["data"]
        counted = sum(client.get(week["href"]).context["total"] for week in weeks)
        assert counted == page["all"].decided


def test_a_team_lead_sees_her_teams_only(site: dict[str, Client]) -> None:
    page = site["zhao"].get("/overview/?days=365").context
    teams = {share.key for _, share in {d: s for d, _t, s in page["tables"]}["team_id"]}
    own = {str(pk) for pk in Team.objects.filter(members__username="zhao").values_list("id", flat=True)}
    assert teams <= own
    assert page["gaps"] == []


def test_a_bad_week_is_explained(site: dict[str, Client]) -> None:
    assert site["he"].get("/overview/promises/?week=nonsense").status_code == 422
    assert site["he"].get(f"/overview/promises/?week={dt.date(2026, 1, 5)}").status_code == 200
