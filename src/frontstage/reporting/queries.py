"""Figures across the house. Each is counted here once, and the page that lists its rows uses the same filter."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Avg, Count, F, Q, QuerySet, StdDev
from django.db.models.functions import TruncWeek
from django.utils import timezone

from frontstage.cases.public import Case
from frontstage.cases.public import visible_to as cases_visible_to
from frontstage.commitments.public import Clock
from frontstage.measure.intervals import Interval, Summary, mean_interval, proportion_interval
from frontstage.people.public import User, team_ids
from frontstage.surveys.public import Study, Wanted, answers_of

# The one definition of kept: met in time. Decided: met or broken; running, paused and waived ones are not counted.
KEPT = Q(state="met")
DECIDED = Q(state__in=["met", "breached"], due_at__isnull=False)


@dataclass(frozen=True)
class Scope:
    """What the page is about: a period that promises began in, a district, and whose figures these are."""

    since: dt.datetime
    until: dt.datetime
    district: str = ""
    teams: tuple[int, ...] | None = None  # None: every team


@dataclass(frozen=True)
class Share:
    """Promises kept of those decided, for one value of a dimension."""

    key: str
    kept: int
    decided: int
    interval: Interval | None

    @property
    def broken(self) -> int:
        return self.decided - self.kept

    @property
    def percent(self) -> float:
        return 100 * self.kept / self.decided if self.decided else 0.0


def scope_for(user: User, *, since: dt.datetime, until: dt.datetime, district: str) -> Scope:
    """A team lead sees her teams' figures, the others all."""
    teams = None if user.may("see_all_cases") else tuple(team_ids(user))
    return Scope(since, until, district, teams)


def clocks_in(scope: Scope) -> QuerySet[Clock]:
    """The decided promises of the scope."""
    found = Clock.objects.filter(DECIDED, started_at__gte=scope.since, started_at__lt=scope.until)
    if scope.district:
        found = found.filter(district=scope.district)
    if scope.teams is not None:
        found = found.filter(team_id__in=scope.teams)
    return found


def _share(key: object, kept: int, decided: int) -> Share:
    return Share(str(key), kept, decided, proportion_interval(kept, decided))


def kept_in_all(scope: Scope) -> Share:
    counted = clocks_in(scope).aggregate(kept=Count("id", filter=KEPT), decided=Count("id"))
    return _share("", counted["kept"], counted["decided"])


def kept_by(scope: Scope, dimension: str) -> list[Share]:
    """By ``code`` (commitment), ``district`` or ``team_id``, the worst first."""
    rows = (
        clocks_in(scope)
        .values(dimension)
        .annotate(kept=Count("id", filter=KEPT), decided=Count("id"))
        .order_by()
    )
    shares = [_share(row[dimension] or "", row["kept"], row["decided"]) for row in rows]
    return sorted(shares, key=lambda share: (share.percent, share.key))


def kept_by_week(scope: Scope) -> list[tuple[dt.date, Share]]:
    """By the week in which they began (Monday), oldest first, in the organisation's zone."""
    rows = (
        clocks_in(scope)
        .annotate(week=TruncWeek("started_at", tzinfo=timezone.get_default_timezone()))
        .values("week")
        .annotate(kept=Count("id", filter=KEPT), decided=Count("id"))
        .order_by("week")
    )
    return [(row["week"].date(), _share(row["week"].date(), row["kept"], row["decided"])) for row in rows]


def clocks_listed(scope: Scope, asked: Mapping[str, str]) -> QuerySet[Clock]:
    """The promises behind a figure: the same scope, narrowed as the link says."""
    found = clocks_in(scope).select_related("commitment")
    if asked.get("code"):
        found = found.filter(code=asked["code"])
    if asked.get("team_id", "").isdigit():
        found = found.filter(team_id=int(asked["team_id"]))
    if asked.get("state") in ("met", "breached"):
        found = found.filter(state=asked["state"])
    if week := asked.get("week"):
        start = timezone.make_aware(dt.datetime.fromisoformat(week))
        found = found.filter(started_at__gte=start, started_at__lt=start + dt.timedelta(days=7))
    return found


@dataclass(frozen=True)
class Satisfaction:
    """The overall rating: its mean with interval, and the share of those in its two best marks."""

    mean: Interval | None
    content: Interval | None
    n: int


def satisfaction_of(study: Study, scope: Scope) -> Satisfaction:
    """The rating "all in all" of the study's answers in the scope. CSAT: share of the two best marks."""
    wanted = Wanted(since=scope.since, until=scope.until, district=scope.district)
    found = answers_of(study, wanted).filter(item__kind="rating", value__isnull=False)
    if scope.teams is not None:
        found = found.filter(response__team_id__in=scope.teams)
    best = study.instrument.maximum - 1
    counted = found.aggregate(
        n=Count("id"), mean=Avg("value"), spread=StdDev("value"), best=Count("id", filter=Q(value__gte=best))
    )
    n = counted["n"]
    if not n:
        return Satisfaction(None, None, 0)
    mean, variance = float(counted["mean"]), float(counted["spread"]) ** 2
    summary = Summary(n, n * mean, n * (variance + mean * mean))
    return Satisfaction(mean_interval(summary), proportion_interval(counted["best"], n), n)


def worst_cases(user: User, scope: Scope, *, most: int = 10) -> list[Case]:
    """The open cases with the oldest broken or nearest due promises, then the longest open."""
    found = cases_visible_to(user).filter(is_open=True)
    if scope.district:
        found = found.filter(district_id=scope.district)
    return list(
        found.select_related("kind", "customer", "assignee", "district").order_by(
            F("due_at").asc(nulls_last=True), "opened_at"
        )[:most]
    )
