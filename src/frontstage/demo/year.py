"""The year of service, written by COPY a day's cases at a time, of any size."""

from __future__ import annotations

import datetime as dt
from random import Random
from typing import Any

from django.utils import timezone

from frontstage.cases.public import Case, CaseKind, Message
from frontstage.commitments.public import Clock, commitments_of
from frontstage.customers.public import ContactPoint, Customer, Site
from frontstage.demo.clocks import Reckoned, reckon
from frontstage.demo.course import KINDS, REPAIRS, Course, course_of
from frontstage.demo.households import Household, Report, tell_households
from frontstage.demo.opinions import answers, index_answers
from frontstage.demo.tables import Tables
from frontstage.demo.words import COMMENTS, REPLIES, REPORTS
from frontstage.foundation.models import Event
from frontstage.foundation.searching import search_text
from frontstage.people.public import Team, User
from frontstage.surveys.public import Answer, Invitation, Response, Study
from frontstage.visits.public import InspectionPlan, Visit

DAY = dt.timedelta(days=1)
DAYS = 365
PER_CUSTOMER = 3  # cases a year
ANSWERING = 0.38  # of those asked
MODELS = (
    Customer,
    ContactPoint,
    Site,
    InspectionPlan,
    Case,
    Message,
    Visit,
    Clock,
    Event,
    Invitation,
    Response,
    Answer,
)


class Year:
    """The story's state while it is told."""

    def __init__(
        self, *, customers: int, now: dt.datetime, until: dt.datetime, staff: dict[str, User], report: Report
    ) -> None:
        self.chance = Random(20_260_101)  # noqa: S311  # a story, told the same way every time
        self.now, self.until, self.report = now, until, report
        self.wanted = customers
        self.tables = Tables(MODELS)
        self.kinds = {kind.code: kind for kind in CaseKind.objects.filter(current=True)}
        self.promises = {kind.edition: commitments_of(kind.edition) for kind in self.kinds.values()}
        self.study = Study.objects.select_related("instrument").get(code="after_service")
        self.index = Study.objects.select_related("instrument").get(code="service_index")
        self.items = {study.pk: list(study.instrument.items.all()) for study in (self.study, self.index)}
        self.teams = {team.code: team for team in Team.objects.all()}
        self.staff = staff
        self.improved = now - 150 * DAY  # when the initiative on empathy began to be done
        self.people: list[Household] = tell_households(
            self.tables, self.chance, wanted=customers, now=now, report=report
        )
        self.last_asked: dict[int, dt.datetime] = {}
        self.serial = 0

    def tell_cases(self) -> None:
        """The year day by day, more in winter, fewer on Sundays; each case whole, to its end."""
        total, told = self.wanted * PER_CUSTOMER, 0
        first = self.now - DAYS * DAY
        weights = [self._weight(first + day * DAY) for day in range(DAYS)]
        for day, weight in enumerate(weights):
            share = (
                round(total * sum(weights[: day + 1]) / sum(weights)) - told
                if day < DAYS - 1
                else total - told
            )
            moments = sorted(self._moment(first + day * DAY) for _ in range(max(share, 0)))
            for start in moments:
                self._tell_case(start)
            told += max(share, 0)
            self.tables.flush_when_full()
            if weight and day % 7 == 0:
                self.report("Cases", told, total)
        self.report("Cases", total, total)

    def _weight(self, day: dt.datetime) -> float:
        winter = 1.7 if day.month in (12, 1) else 1.45 if day.month in (2, 11) else 1.0
        return winter * (0.7 if day.weekday() == 6 else 1.0)

    def _moment(self, day: dt.datetime) -> dt.datetime:
        """A moment of the day in the organisation's zone: mornings and evenings are busy."""
        local = timezone.localtime(day).replace(hour=0, minute=0, second=0, microsecond=0)
        hour = self.chance.choices(
            range(24), weights=(1, 1, 1, 1, 1, 2, 5, 9, 12, 12, 10, 8, 7, 7, 8, 8, 8, 10, 12, 11, 8, 5, 3, 2)
        )[0]
        return (local + dt.timedelta(hours=hour, seconds=self.chance.randrange(3600))).astimezone(dt.UTC)

    def _tell_case(self, start: dt.datetime) -> None:
        chance = self.chance
        household = chance.choice(self.people)
        kind = self.kinds[chance.choices(list(KINDS), weights=list(KINDS.values()))[0]]
        severity = self._severity(kind)
        course = course_of(
            chance, kind=kind.code, severity=severity, district=household.district, start=start
        )
        if course.ended_at >= self.until:
            return  # what is not over by then belongs to the last days, which really happen
        chinese, english = chance.choice(REPORTS[kind.code])
        body = english if household.language == "en" else chinese
        self.serial += 1
        case = self._write_case(kind, severity, course, household, body, start)
        clocks = list(
            reckon(self.promises[kind.edition], course, kind=kind.code, severity=severity, start=start)
        )
        self._write_clocks(case, clocks, course, household, start)
        self._write_survey(case, kind, course, household, sum(clock.broken for clock in clocks))

    def _severity(self, kind: CaseKind) -> str:
        if not kind.severities:
            return ""
        return str(self.chance.choices([entry["code"] for entry in kind.severities], weights=(4, 1))[0])

    def _agent(self, kind: CaseKind) -> User:
        names = ("xu", "zhao") if kind.team_code == "desk_complaints" else ("chen", "wang", "gao")
        return self.staff[self.chance.choice(names)]

    def _worker(self, district: str) -> User:
        names = ("zhou", "luo") if district in ("lakeside", "northgate") else ("sun", "ma")
        return self.staff[self.chance.choice(names)]

    def _write_case(
        self,
        kind: CaseKind,
        severity: str,
        course: Course,
        household: Household,
        body: str,
        start: dt.datetime,
    ) -> tuple[int, str, int]:
        t, chance = self.tables, self.chance
        district, language = household.district, household.language
        agent, team = self._agent(kind), self.teams[kind.team_code]
        number = f"{start:%y}-{self.serial:06d}"
        priority = next(
            (s.get("priority", kind.default_priority) for s in kind.severities if s["code"] == severity),
            kind.default_priority,
        )
        subject = body.split("。")[0].split(". ")[0].rstrip(".！!")[:80]
        resolved = next(
            (
                m
                for _, s, m in course.steps
                if s in ("repaired", "decided", "answered", "informed", "transferred", "cancelled")
            ),
            course.ended_at,
        )
        cause = (
            chance.choices(("design", "output", "process", "relationship"), weights=(2, 4, 3, 1))[0]
            if kind.code in REPAIRS | {"complaint"} and course.last_state == "closed"
            else ""
        )
        channel = chance.choices(("portal", "phone"), weights=(3, 2))[0]
        case = t["cases_case"].add(
            number=number, kind_id=kind.pk, kind_code=kind.code, state=course.last_state, is_open=False,
            priority=priority, severity=severity, cause=cause, subject=subject, customer_id=household.customer_id, site_id=household.site_id,
            district_id=district, team_id=team.pk, assignee_id=agent.pk, channel=channel, language=language,
            opened_at=start, resolved_at=resolved, closed_at=course.ended_at, changed_at=course.ended_at,
            search_text=search_text(number, subject, body, household.name, household.number, household.address),
        )  # fmt: skip
        t["cases_message"].add(
            case_id=case, direction="in", channel=channel, author_label=household.name, body=body, at=start
        )
        if course.replied_at:
            reply = chance.choice(REPLIES)[1 if language == "en" else 0]
            t["cases_message"].add(
                case_id=case, direction="out", channel="desk", author_id=agent.pk, author_label=str(agent),
                body=reply, at=course.replied_at,
            )  # fmt: skip
        if kind.code in REPAIRS and course.reached("arrived"):
            self._write_visit(case, household, course)
        self._write_events(case, kind, household, agent, course, start, channel)
        return case, number, team.pk

    def _write_visit(self, case: int, household: Household, course: Course) -> None:
        sent, arrived, repaired = (course.reached(s) for s in ("dispatched", "arrived", "repaired"))
        assert sent and arrived and repaired
        worker = self._worker(household.district)
        west = household.district in ("lakeside", "northgate")
        self.tables["visits_visit"].add(
            case_id=case, site_id=household.site_id, purpose="repair", state="done",
            team_id=self.teams["field_west" if west else "field_east"].pk, worker_id=worker.pk,
            planned_from=sent, planned_to=sent + dt.timedelta(hours=1), created_at=sent, dispatched_at=sent,
            arrived_at=arrived, finished_at=repaired, note="",
        )  # fmt: skip

    def _event(
        self, name: str, at: dt.datetime, case: int, customer: int, who: User | str, data: dict[str, object]
    ) -> None:
        staff = isinstance(who, User)
        self.tables["foundation_event"].add(
            name=name, at=at, actor_kind="staff" if staff else "customer" if who != "Frontstage" else "system",
            actor_id=who.pk if staff else None, actor_label=str(who),  # type: ignore[union-attr]
            origin="desk" if staff else "portal" if who != "Frontstage" else "worker", subject_kind="case", subject_id=case,
            customer_id=customer, data=data, audience=[],
        )  # fmt: skip

    def _write_events(
        self,
        case: int,
        kind: CaseKind,
        household: Household,
        agent: User,
        course: Course,
        start: dt.datetime,
        channel: str,
    ) -> None:
        self._event(
            "case.opened",
            start,
            case,
            household.customer_id,
            household.name,
            {"kind": kind.code, "channel": channel},
        )
        first = course.steps[0][2]
        self._event(
            "case.taken",
            start + (first - start) * 0.5,
            case,
            household.customer_id,
            agent,
            {"by": str(agent)},
        )
        if course.replied_at:
            self._event("case.replied", course.replied_at, case, household.customer_id, agent, {})
        states = kind.lifecycle["states"]
        before = kind.lifecycle["initial"]
        for code, state, moment in course.steps:
            closed = states[state].get("open", True) is False
            data = {
                "transition": code,
                "from": before,
                "to": state,
                "before": states[before]["name"],
                "after": states[state]["name"],
                "closed": closed,
            }
            self._event("case.transitioned", moment, case, household.customer_id, agent, data)
            before = state

    def _write_clocks(
        self,
        case: tuple[int, str, int],
        clocks: list[Reckoned],
        course: Course,
        household: Household,
        start: dt.datetime,
    ) -> None:
        for clock in clocks:
            broken = clock.due_at if clock.broken else None
            noticed = (
                min(broken + dt.timedelta(seconds=3), clock.stopped_at)
                if broken and clock.stopped_at
                else None
            )
            self.tables["commitments_clock"].add(
                commitment_id=clock.commitment.pk, code=clock.commitment.code, subject_kind="case",
                subject_id=case[0], customer_id=household.customer_id, team_id=case[2], district=household.district,
                subject_label=case[1], state=clock.state, started_at=start, due_at=clock.due_at,
                paused_for=dt.timedelta(0), stopped_at=clock.stopped_at, breached_at=broken,
                breach_noticed_at=noticed, took=clock.took, waived_reason=course.waived if clock.state == "waived" else "",
            )  # fmt: skip
            if broken:
                self._event(
                    "commitment.breached",
                    broken,
                    case[0],
                    household.customer_id,
                    "Frontstage",
                    {"code": clock.commitment.code, "promise": clock.commitment.name},
                )

    def _write_survey(
        self,
        case: tuple[int, str, int],
        kind: CaseKind,
        course: Course,
        household: Household,
        broken: int,
    ) -> None:
        study = next((s for s in (self.study, self.index) if kind.code in s.asks_after_kinds), None)
        if study is None or course.last_state not in ("closed",):
            return
        chance, t, closed = self.chance, self.tables, course.ended_at
        rested = closed - study.rest_days * DAY
        if chance.random() > 0.94 or self.last_asked.get(household.customer_id, rested) > rested:
            return
        self.last_asked[household.customer_id] = closed
        invitation = t["surveys_invitation"].add(
            study_id=study.pk, customer_id=household.customer_id, case_id=case[0], language=household.language,
            created_at=closed, expires_at=closed + study.valid_days * DAY, draft={},
        )  # fmt: skip
        self._event(
            "survey.invited", closed, case[0], household.customer_id, "Frontstage", {"study": study.code}
        )
        if chance.random() > ANSWERING:
            return
        at = min(closed + chance.expovariate(1 / 20) * dt.timedelta(hours=1), self.until)
        response = t["surveys_response"].add(
            invitation_id=invitation, study_id=study.pk, case_id=case[0], language=household.language,
            submitted_at=at, district=household.district, team_id=case[2], kind_code=kind.code,
        )  # fmt: skip
        self._event(
            "survey.answered", at, case[0], household.customer_id, household.name, {"study": study.code}
        )
        self._write_answers(study, response, household, broken, closed)

    def _write_answers(
        self, study: Study, response: int, household: Household, broken: int, closed: dt.datetime
    ) -> None:
        """The sheet of either study: pairs and an overall mark, or the marks of the index."""
        items = self.items[study.pk]
        story: dict[str, Any] = {
            "broken": broken, "district": household.district, "closed": closed, "improved": self.improved,
        }  # fmt: skip
        said: dict[str, dict[str, Any]] = {}
        if study is self.index:
            questions = [(item.code, item.dimension) for item in items if item.kind == "rating"]
            marks = index_answers(self.chance, questions=questions, **story)
            said = {code: {"value": mark} for code, mark in marks.items()}
        else:
            paired = [(item.code, item.dimension) for item in items if item.kind == "paired"]
            pairs, overall = answers(self.chance, items=paired, **story)
            said = {code: {"expectation": e, "perception": p} for code, (e, p) in pairs.items()}
            said |= {item.code: {"value": overall} for item in items if item.kind == "rating"}
        if self.chance.random() < 0.14:
            comment = COMMENTS[self.chance.randrange(2) if broken else self.chance.randrange(len(COMMENTS))]
            text = comment[1 if household.language == "en" else 0]
            said |= {item.code: {"text": text} for item in items if item.kind == "text"}
        for item in items:
            if item.code in said:
                self.tables["surveys_answer"].add(
                    response_id=response, item_id=item.pk, **{"text": "", **said[item.code]}
                )

    def finish(self) -> None:
        """The last rows, sequences and statistics; new numbers go on after the story's."""
        from django.db import connection

        self.tables.finish()
        with connection.cursor() as cursor:
            cursor.execute("SELECT setval('customer_number', %s, true)", [max(self.wanted, 1)])
            cursor.execute("SELECT setval('case_number', %s, true)", [max(self.serial, 1)])
