"""The customers of the story: who they are, where they live, when they are inspected."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from frontstage.demo.tables import Tables
from frontstage.demo.words import ENGLISH_NAMES, ENGLISH_STREETS, GIVEN, STREETS, SURNAMES
from frontstage.foundation.searching import search_text
from frontstage.visits.public import due_after

DAY = dt.timedelta(days=1)
SHARES = {"residential": 88, "commercial": 8, "heating": 3, "industrial": 1}
Report = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Household:
    """A customer and her site, as the cases of the story need them."""

    customer_id: int
    site_id: int
    name: str
    district: str
    language: str
    number: str
    address: str


def tell_households(
    tables: Tables, chance: Random, *, wanted: int, now: dt.datetime, report: Report
) -> list[Household]:
    """Write so many customers with their numbers, addresses and inspections, and return them."""
    people: list[Household] = []
    for index in range(wanted):
        english = chance.random() < 0.04
        name = (
            chance.choice(ENGLISH_NAMES)
            if english
            else chance.choice(SURNAMES) + "".join(chance.sample(GIVEN, chance.choice((1, 2, 2))))
        )
        district = chance.choices(list(STREETS), weights=(26, 22, 20, 17, 15))[0]
        kind = chance.choices(list(SHARES), weights=list(SHARES.values()))[0]
        mobile = f"+86{chance.choice(('138', '139', '150', '186', '189'))}{chance.randrange(10**8):08d}"
        address = _address(chance, district, english=english)
        number = f"C{index + 1:07d}"
        language = "en" if english else "zh-hans"
        customer = tables["customers_customer"].add(
            number=number, name=name, kind=kind, language=language, care_reasons=_care(chance, kind),
            accepts_surveys=chance.random() < 0.94, note="", created_at=now - chance.randrange(400, 4000) * DAY,
            search_text=search_text(number, name, mobile, mobile[3:], address),
        )  # fmt: skip
        tables["customers_contactpoint"].add(
            customer_id=customer, kind="mobile", value=mobile, preferred=True
        )
        site = tables["customers_site"].add(
            customer_id=customer, address=address, district_id=district, kind=kind,
            meter_number=f"M{chance.randrange(10**8):08d}",
        )  # fmt: skip
        _plan_inspection(tables, chance, site, kind, now)
        people.append(Household(customer, site, name, district, language, number, address))
        if index % 2000 == 0:
            report("Customers", index, wanted)
        tables.flush_when_full()
    report("Customers", wanted, wanted)
    return people


def _address(chance: Random, district: str, *, english: bool) -> str:
    house, unit, door = (
        chance.randrange(1, 260),
        chance.randrange(1, 5),
        chance.randrange(1, 25) * 100 + chance.randrange(1, 5),
    )
    if english:
        return f"{house} {ENGLISH_STREETS[district]}, Unit {unit}, {door}"
    return f"{chance.choice(STREETS[district])}{house}号{unit}单元{door}室"


def _care(chance: Random, kind: str) -> list[str]:
    if kind != "residential" or chance.random() > 0.05:
        return []
    return [chance.choice(("elderly", "elderly", "infirm", "ill", "disabled"))]


def _plan_inspection(tables: Tables, chance: Random, site: int, kind: str, now: dt.datetime) -> None:
    cycle, months = ("residential", 24) if kind == "residential" else ("business", 12)
    # A few are overdue; the others lie anywhere in their cycle.
    back = chance.randrange(months * 30 + 20) if chance.random() < 0.05 else chance.randrange(months * 29)
    done = (now - back * DAY).date()
    tables["visits_inspectionplan"].add(
        site_id=site, cycle_code=cycle, last_done_on=done, due_on=due_after(done, months)
    )
