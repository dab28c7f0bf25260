"""The fixed cast of the tests, and the small service that they work in.

Chen is an agent of the desk, Wang her team-mate, Zhao their lead; Ma is an agent of another team (the outsider);
Sun drives out; Lin manages quality, He heads the service, Ai administers; Liu is a customer who signs in.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from frontstage.cases.public import Case, install_kinds, open_case
from frontstage.commitments.public import install
from frontstage.customers.public import Customer, Site, install_districts, register_customer, site_at
from frontstage.foundation.actors import Actor
from frontstage.people.public import Role, Team, User, install_teams

NOW = dt.datetime(2026, 11, 23, 1, 0, tzinfo=dt.UTC)  # 09:00 in Shanghai, a Monday
HOUR = dt.timedelta(hours=1)
SECOND = dt.timedelta(seconds=1)
PASSWORD = "binjiang-2026"
ALL = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"}

REPAIR = {
    "initial": "reported",
    "states": {
        "reported": {"name": {"en": "Reported", "zh": "已报修"}},
        "dispatched": {"name": {"en": "Dispatched", "zh": "已派工"}},
        "arrived": {"name": {"en": "Arrived", "zh": "已到达"}},
        "handled": {"name": {"en": "Handled", "zh": "已处理"}},
        "repaired": {"name": {"en": "Repaired", "zh": "已修复"}, "resolved": True},
        "closed": {"name": {"en": "Closed", "zh": "已关闭"}, "open": False},
        "waiting": {"name": {"en": "Waiting", "zh": "等待客户"}, "waiting": True, "aside": True},
        "transferred": {"name": {"en": "Transferred", "zh": "已转出"}, "open": False, "aside": True},
    },
    "transitions": {
        "dispatch": {"from": ["reported"], "to": "dispatched", "name": {"en": "Dispatch", "zh": "派工"}, "by": ["agent", "team_lead"], "upon": ["visit.dispatched"]},
        "arrive": {"from": ["dispatched"], "to": "arrived", "name": {"en": "Arrive", "zh": "到达"}, "by": ["agent"], "upon": ["visit.arrived"]},
        "handle": {"from": ["arrived"], "to": "handled", "name": {"en": "Handle", "zh": "处理"}, "by": ["agent"], "upon": ["visit.handled"]},
        "repair": {"from": ["arrived", "handled"], "to": "repaired", "name": {"en": "Repair", "zh": "修复"}, "by": ["agent"], "upon": ["visit.finished:done"]},
        "ask": {"from": ["reported"], "to": "waiting", "name": {"en": "Ask the customer", "zh": "询问客户"}, "by": ["agent", "team_lead"]},
        "answered": {"from": ["waiting"], "to": "reported", "name": {"en": "Answered", "zh": "已答复"}, "by": ["system", "agent"], "upon": ["case.customer_wrote"]},
        "transfer": {"from": ["reported"], "to": "transferred", "name": {"en": "Transfer", "zh": "转出"}, "by": ["agent", "team_lead"], "requires": ["note"], "waives": True},
        "close": {"from": ["repaired"], "to": "closed", "name": {"en": "Close", "zh": "关闭"}, "by": ["agent", "team_lead", "customer"], "requires": []},
        "close_with_cause": {"from": ["repaired"], "to": "closed", "name": {"en": "Close with cause", "zh": "归因关闭"}, "by": ["team_lead"], "requires": ["cause"]},
    },
}  # fmt: skip


def commitment(code: str, within: dt.timedelta | None, met_on: list[str], **more: Any) -> dict[str, Any]:
    return {
        "code": code,
        "name": {"en": code.replace("_", " ").capitalize(), "zh": code},
        "audience": "promise",
        "applies": {"kinds": ["appliance_repair"]},
        "starts_on": "case.opened",
        "met_on": met_on,
        "pauses_in": ["waiting"],
        "within": within,
        "calendar": "always",
        "replaceable": True,
        "escalations": [{"on": "breach", "notify": "team_lead", "priority": "urgent"}],
        **more,
    }


def install_service(edition: str = "test@1") -> None:
    """Two districts, three teams, one kind of case and its three promises."""
    install_districts(
        districts=[
            {"code": "riverside", "name": {"en": "Riverside", "zh": "滨江"}},
            {"code": "northgate", "name": {"en": "Northgate", "zh": "北关"}},
        ]
    )
    install_teams(
        teams=[
            {"code": "desk", "name": {"en": "Desk", "zh": "客服组"}},
            {"code": "other", "name": {"en": "Other", "zh": "别组"}},
            {"code": "field", "name": {"en": "Field", "zh": "抢修队"}, "field": True},
        ]
    )
    install(
        edition=edition,
        calendars=[
            {"code": "always", "name": {"en": "Always", "zh": "全天候"}, "time_zone": "Asia/Shanghai", "round_the_clock": True}
        ],
        commitments=[
            commitment("arrive", None, ["visit.arrived", "state:arrived"]),
            commitment("handle", 6 * HOUR, ["state:handled", "state:repaired"]),
            commitment("repair", 24 * HOUR, ["state:repaired"]),
        ],
    )  # fmt: skip
    install_kinds(
        edition=edition,
        kinds=[
            {
                "code": "appliance_repair",
                "name": {"en": "Appliance repair", "zh": "燃气具维修"},
                "on_portal": True,
                "team_code": "desk",
                "lifecycle": REPAIR,
            }
        ],
    )


@dataclass
class Cast:
    chen: User
    wang: User
    zhao: User
    ma: User
    sun: User
    lin: User
    he: User
    ai: User
    liu: User
    customer: Customer
    site: Site

    def staff(self) -> list[User]:
        return [self.chen, self.wang, self.zhao, self.ma, self.sun, self.lin, self.he, self.ai]


def person(username: str, role: Role, *teams: str) -> User:
    user = User.objects.create_user(
        username,
        f"{username}@example.org",
        PASSWORD,
        display_name=username.capitalize(),
        roles=[role],
        language="en",
    )
    user.teams.set(Team.objects.filter(code__in=teams))
    return user


def assemble() -> Cast:
    """The whole cast, in the database."""
    install_service()
    liu = person("liu", Role.CUSTOMER)
    customer = register_customer(
        name="Liu Yang", mobile="13800138000", language="en", now=NOW, actor=liu.actor(origin="portal")
    )
    Customer.objects.filter(pk=customer.pk).update(user=liu)
    customer.refresh_from_db()
    from frontstage.customers.public import District

    site = site_at(customer=customer, address="1 River Road", district=District.objects.get(pk="riverside"))
    return Cast(
        chen=person("chen", Role.AGENT, "desk"),
        wang=person("wang", Role.AGENT, "desk"),
        zhao=person("zhao", Role.TEAM_LEAD, "desk"),
        ma=person("ma", Role.AGENT, "other"),
        sun=person("sun", Role.FIELD_WORKER, "field"),
        lin=person("lin", Role.QUALITY_MANAGER),
        he=person("he", Role.HEAD_OF_SERVICE),
        ai=person("ai", Role.ADMINISTRATOR),
        liu=liu,
        customer=customer,
        site=site,
    )


def liu_reports(cast: Cast, body: str = "The water heater does not light.", **more: Any) -> Case:
    """Liu opens a case from the portal at NOW."""
    values: dict[str, Any] = {
        "kind_code": "appliance_repair",
        "customer": cast.customer,
        "site": cast.site,
        "subject": "",
        "body": body,
        "channel": "portal",
        "language": "en",
        "now": NOW,
        "actor": customer_actor(),
    }
    return open_case(**(values | more))


def customer_actor() -> Actor:
    return Actor(kind="customer", label="Liu Yang", origin="portal")
