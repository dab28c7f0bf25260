"""The last two days, which really happen: every act through the program's own verbs, at the moment it took place."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from random import Random
from typing import Any

from frontstage.cases.public import (
    Case,
    acknowledge_case,
    add_note,
    assign_case,
    customer_writes,
    open_case,
    reply,
    take_case,
    transition,
)
from frontstage.commitments.public import notice_breaches
from frontstage.customers.public import Customer, District, Site, register_customer, site_at
from frontstage.demo.words import REPLIES, REPORTS
from frontstage.foundation.actors import SYSTEM, Actor
from frontstage.people.public import Team, User, field_team_for
from frontstage.visits.public import InspectionPlan, arrive, dispatch, finish, plan_visit

HOUR = dt.timedelta(hours=1)
MINUTE = dt.timedelta(minutes=1)


@dataclass
class LastDays:
    """The stage: the present moment and the staff."""

    now: dt.datetime
    staff: dict[str, User]
    chance: Random

    def act(self, username: str) -> dict[str, Any]:
        user = self.staff[username]
        return {"user": user, "actor": user.actor(origin="desk")}

    def open(
        self, kind: str, hours_ago: float, customer: Customer, said: int = 0, severity: str = ""
    ) -> Case:
        at = self.now - hours_ago * HOUR
        site = customer.sites.select_related("district").order_by("id").first()
        body = REPORTS[kind][said % len(REPORTS[kind])][1 if customer.language == "en" else 0]
        case = open_case(
            kind_code=kind,
            customer=customer,
            site=site,
            subject=body.split("。")[0].split(". ")[0].rstrip("."),
            body=body,
            channel="portal",
            language=customer.language,
            severity=severity,
            now=at,
            actor=Actor(kind="customer", label=customer.name, origin="portal"),
        )
        acknowledge_case(case_id=case.pk, now=at + dt.timedelta(seconds=2), actor=SYSTEM)
        return case

    def take(self, case: Case, username: str, hours_ago: float) -> None:
        take_case(case_id=case.pk, now=self.now - hours_ago * HOUR, **self.act(username))

    def reply(self, case: Case, username: str, hours_ago: float, said: int = 0) -> None:
        body = REPLIES[said][1 if case.language == "en" else 0]
        reply(case_id=case.pk, body=body, now=self.now - hours_ago * HOUR, **self.act(username))

    def step(self, case: Case, code: str, username: str, hours_ago: float, **more: Any) -> None:
        transition(case_id=case.pk, code=code, now=self.now - hours_ago * HOUR, **self.act(username), **more)

    def send(self, case: Case, desk: str, worker: str, hours_ago: float, *, length: float = 1.0) -> int:
        """A visit planned and dispatched at once; its id."""
        at = self.now - hours_ago * HOUR
        visit = plan_visit(
            case=case,
            site=None,
            purpose="repair",
            team=field_team_for(case.district_id),
            worker=self.staff[worker],
            planned_from=at,
            planned_to=at + length * HOUR,
            agreed=False,
            now=at,
            **self.act(desk),
        )
        dispatch(visit_id=visit.pk, now=at + MINUTE, **self.act(desk))
        return int(visit.pk)

    def arrive(self, visit: int, worker: str, hours_ago: float) -> None:
        arrive(visit_id=visit, now=self.now - hours_ago * HOUR, **self.act(worker))

    def finish(self, visit: int, worker: str, hours_ago: float, note: str, outcome: str = "done") -> None:
        at = self.now - hours_ago * HOUR
        finish(visit_id=visit, outcome=outcome, note=note, now=at, **self.act(worker))


def customer_liu(account: User, now: dt.datetime) -> Customer:
    """The customer who signs in."""
    customer = register_customer(
        name="刘洋",
        mobile="13800138000",
        language="zh-hans",
        now=now - dt.timedelta(days=700),
        actor=account.actor(origin="portal"),
    )
    Customer.objects.filter(pk=customer.pk).update(user=account)
    district = District.objects.get(pk="riverside")
    site: Site = site_at(customer=customer, address="滨江大道66号2单元1203室", district=district)
    InspectionPlan.objects.create(
        site=site,
        cycle_code="residential",
        last_done_on=(now - dt.timedelta(days=720)).date(),
        due_on=(now + dt.timedelta(days=10)).date(),
    )
    return customer


def play(stage: LastDays, liu: Customer) -> None:
    """Open cases in every state, clocks running, paused, nearly broken and broken, visits for today."""
    by_district = {
        district: list(
            Customer.objects.filter(sites__district_id=district, kind="residential").order_by("id")[:12]
        )
        for district in ("riverside", "oldtown", "hightech", "lakeside", "northgate")
    }
    pick = {district: iter(found) for district, found in by_district.items()}
    everybody = list(Customer.objects.order_by("id")[:80])

    def someone(district: str) -> Customer:
        return next(pick[district], None) or stage.chance.choice(everybody)

    _finished(stage, liu, someone)
    _under_way(stage, liu, someone)
    _waiting_to_be_taken(stage, someone)
    _inspections_of_today(stage)
    notice_breaches(now=stage.now)


def _finished(stage: LastDays, liu: Customer, someone: Any) -> None:
    """Repaired and closed: Liu is asked how it was."""
    case = stage.open("appliance_repair", 44, liu, said=1)
    stage.take(case, "wang", 43.9)
    visit = stage.send(case, "wang", "sun", 43.5)
    stage.arrive(visit, "sun", 42.8)
    stage.finish(visit, "sun", 42.1, "更换灶具热电偶，试火正常。")
    stage.step(case, "verify", "wang", 26)
    stage.step(case, "close", "wang", 25.5, cause="output")
    inquiry = stage.open("inquiry", 30, someone("hightech"), said=1)
    stage.take(inquiry, "gao", 29)
    stage.reply(inquiry, "gao", 28.8, said=2)
    stage.step(inquiry, "answer", "gao", 28.7)
    stage.step(inquiry, "close", "gao", 5)
    late = stage.open("appliance_repair", 40, someone("northgate"), said=2)
    stage.take(late, "chen", 38)
    visit = stage.send(late, "chen", "zhou", 34)
    stage.arrive(visit, "zhou", 32)
    stage.finish(visit, "zhou", 13, "更换循环泵，配件次日到货。")


def _under_way(stage: LastDays, liu: Customer, someone: Any) -> None:
    mine = stage.open("appliance_repair", 2.2, liu, said=0)
    stage.take(mine, "chen", 2.0)
    stage.reply(mine, "chen", 1.9)
    stage.send(mine, "chen", "sun", 0.6, length=1.5)
    nearly = stage.open("appliance_repair", 5.7, someone("northgate"), said=2)
    stage.take(nearly, "chen", 5.1)
    visit = stage.send(nearly, "chen", "zhou", 1.2, length=2)
    stage.arrive(visit, "zhou", 0.3)
    broken = stage.open("appliance_repair", 7.4, someone("northgate"), said=3)
    stage.take(broken, "wang", 6.2)
    stage.send(broken, "wang", "luo", 1.0, length=2)
    street = stage.open("network_fault", 1.5, someone("oldtown"), said=0, severity="ordinary")
    stage.take(street, "gao", 1.4)
    visit = stage.send(street, "gao", "ma", 1.3, length=3)
    stage.arrive(visit, "ma", 0.8)
    add_note(
        case_id=street.pk, body="已封闭道路一侧，需增派一人。", now=stage.now - 0.7 * HOUR, **stage.act("gao")
    )
    waiting = stage.open("appliance_repair", 9, someone("lakeside"), said=4)
    stage.take(waiting, "chen", 8.8)
    stage.reply(waiting, "chen", 8.6, said=1)
    stage.step(waiting, "ask", "chen", 8.5)
    complaint = stage.open("complaint", 26, someone("northgate"), said=0)
    stage.take(complaint, "xu", 25)
    stage.step(complaint, "investigate", "xu", 24.5)
    overdue = stage.open("complaint", 47.9, someone("lakeside"), said=2)
    stage.take(overdue, "xu", 44)
    stage.step(overdue, "investigate", "xu", 43)
    request = stage.open("service_request", 6, someone("oldtown"), said=3, severity="at_home")
    stage.take(request, "gao", 5.5)
    stage.step(request, "begin", "gao", 5.4)
    again = stage.open("inquiry", 20, someone("riverside"), said=2)
    stage.take(again, "wang", 19)
    stage.reply(again, "wang", 18.5, said=1)
    customer_writes(
        case_id=again.pk,
        body="谢谢，那周六可以来吗？",
        now=stage.now - 3 * HOUR,
        actor=Actor(kind="customer", label=again.customer.name, origin="portal"),
    )
    assign_case(
        case_id=again.pk,
        team=Team.objects.get(code="desk_day"),
        assignee=stage.staff["gao"],
        reason="王磊下班",
        now=stage.now - 2.5 * HOUR,
        **stage.act("zhao"),
    )


def _waiting_to_be_taken(stage: LastDays, someone: Any) -> None:
    stage.open("gas_leak", 0.12, someone("riverside"), said=0)
    stage.open("appliance_repair", 0.5, someone("hightech"), said=3)
    stage.open("inquiry", 0.9, someone("oldtown"), said=0)
    stage.open("service_request", 1.8, someone("riverside"), said=0, severity="ordinary")
    stage.open("praise", 3.1, someone("hightech"), said=0)
    stage.open("suggestion", 4.4, someone("lakeside"), said=0)


def _inspections_of_today(stage: LastDays) -> None:
    """Two inspections each for Sun and Zhou, agreed with the customers."""
    for worker, districts in (("sun", ["riverside", "oldtown"]), ("zhou", ["lakeside", "northgate"])):
        plans = InspectionPlan.objects.filter(site__district_id__in=districts).select_related(
            "site__district"
        )
        for index, plan in enumerate(plans.order_by("due_on", "id")[:2]):
            begin = (stage.now + (2.5 + 1.5 * index) * HOUR).replace(minute=0, second=0, microsecond=0)
            visit = plan_visit(
                case=None,
                site=plan.site,
                purpose="inspection",
                team=field_team_for(plan.site.district_id),
                worker=stage.staff[worker],
                planned_from=begin,
                planned_to=begin + HOUR,
                agreed=True,
                now=stage.now - 4 * HOUR,
                **stage.act("zhao"),
            )
            if index == 0:
                dispatch(visit_id=visit.pk, now=stage.now - 0.2 * HOUR, **stage.act("zhao"))
