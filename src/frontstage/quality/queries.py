"""Gaps from the answers in the database: PostgreSQL adds up, measure.gaps judges.

Each figure is of respondents: a respondent's gap in a dimension is the mean over the pairs that she answered in it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection

from frontstage.measure.gaps import GapResult, PairSums, gaps_from_sums
from frontstage.measure.intervals import Summary
from frontstage.surveys.public import Study, Wanted, responses_of

# A pair counts when both of its halves are there; {items} and {dimensions} are the same sums at two grains.
SUMS = """
WITH meant AS MATERIALIZED ({meant}),
pairs AS (
    SELECT a.response_id, i.dimension, i.code, a.expectation AS e, a.perception AS p
    FROM surveys_answer a JOIN surveys_item i ON i.id = a.item_id JOIN meant ON meant.id = a.response_id
    WHERE i.kind = 'paired' AND a.expectation IS NOT NULL AND a.perception IS NOT NULL),
own AS (
    SELECT response_id, dimension, avg(e)::float8 AS e, avg(p)::float8 AS p, avg(p - e)::float8 AS gap
    FROM pairs GROUP BY response_id, dimension),
whole AS (
    SELECT response_id, avg(gap) AS plain, sum(gap * (points.value)::float8 / 100) AS weighted
    FROM own JOIN jsonb_each_text(%(points)s::jsonb) AS points ON points.key = own.dimension
    GROUP BY response_id HAVING count(*) = %(dimensions)s)
SELECT 'dimension', dimension, count(*), sum(e), sum(p), sum(gap), sum(gap * gap) FROM own GROUP BY dimension
UNION ALL
SELECT 'item', code, count(*), sum(e), sum(p), sum(p - e), sum((p - e)^2) FROM pairs GROUP BY code
UNION ALL
SELECT 'plain', '', count(*), 0, 0, coalesce(sum(plain), 0), coalesce(sum(plain * plain), 0) FROM whole
UNION ALL
SELECT 'weighted', '', count(*), 0, 0, coalesce(sum(weighted), 0), coalesce(sum(weighted * weighted), 0) FROM whole
UNION ALL
SELECT 'respondents', '', count(DISTINCT response_id), 0, 0, 0, 0 FROM pairs
UNION ALL
SELECT 'excluded', '', count(*), 0, 0, 0, 0
FROM surveys_answer a JOIN surveys_item i ON i.id = a.item_id JOIN meant ON meant.id = a.response_id
WHERE i.kind = 'paired' AND (a.expectation IS NULL) <> (a.perception IS NULL)
"""


def points_of(study: Study) -> dict[str, float]:
    """Each dimension's points of importance, 100 in all."""
    return {dimension["code"]: dimension["points"] for dimension in study.instrument.dimensions}


def gaps_of(study: Study, wanted: Wanted | None = None) -> GapResult:
    """The study's gaps over the answers meant: dimensions in the instrument's order, items, overall scores."""
    points = points_of(study)
    rows = _rows(study, wanted or Wanted(), points)
    sums = {(kind, code): PairSums(int(n), *map(float, rest)) for kind, code, n, *rest in rows}
    none = PairSums(0, 0.0, 0.0, 0.0, 0.0)
    return gaps_from_sums(
        {code: sums.get(("dimension", code), none) for code in points},
        overall=sums["plain", ""].summary,
        weighted=sums["weighted", ""].summary,
        allocation=points,
        items={code: value for (kind, code), value in sums.items() if kind == "item"},
        respondents=sums["respondents", ""].n,
        excluded=sums["excluded", ""].n,
    )


def _rows(study: Study, wanted: Wanted, points: Mapping[str, float]) -> list[tuple[Any, ...]]:
    import json

    meant, values = responses_of(study, wanted).order_by().values("id").query.sql_with_params()
    # The query of the ORM is placed inside; its own places come first and are positional.
    statement = SUMS.replace("%(points)s", "%s").replace("%(dimensions)s", "%s").replace("{meant}", meant)
    with connection.cursor() as cursor:
        cursor.execute(statement, [*values, json.dumps(points), len(points)])
        return cursor.fetchall()


def dimension_summary(study: Study, dimension: str, wanted: Wanted) -> Summary:
    """Number, sum and sum of squares of the respondents' own gaps in one dimension: what a comparison needs."""
    result = _rows(study, wanted, points_of(study))
    for kind, code, n, _e, _p, gap, squares in result:
        if (kind, code) == ("dimension", dimension):
            return Summary(int(n), float(gap), float(squares))
    return Summary(0, 0.0, 0.0)


@dataclass(frozen=True)
class Month:
    """A month of a trend: its first day, and each dimension's mean gap with the number of respondents."""

    start: dt.date
    gaps: Mapping[str, float]
    n: int


MONTHS = """
SELECT date_trunc('month', r.submitted_at AT TIME ZONE %s)::date AS month, i.dimension,
       avg(a.perception - a.expectation)::float8, count(DISTINCT r.id)
FROM surveys_answer a JOIN surveys_item i ON i.id = a.item_id
JOIN surveys_response r ON r.id = a.response_id
WHERE r.id IN ({meant}) AND i.kind = 'paired' AND a.expectation IS NOT NULL AND a.perception IS NOT NULL
GROUP BY 1, 2 ORDER BY 1
"""


def trend_of(study: Study, wanted: Wanted, *, zone: str) -> list[Month]:
    """The gaps month by month in the organisation's zone, oldest first; a gap is the mean over pairs."""
    meant, values = responses_of(study, wanted).order_by().values("id").query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(MONTHS.replace("{meant}", meant), [zone, *values])
        rows = cursor.fetchall()
    months: dict[dt.date, dict[str, float]] = {}
    counts: dict[dt.date, int] = {}
    for month, dimension, gap, n in rows:
        months.setdefault(month, {})[dimension] = gap
        counts[month] = max(counts.get(month, 0), n)
    return [Month(month, gaps, counts[month]) for month, gaps in months.items()]
