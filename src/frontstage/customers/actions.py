"""Verbs on customer files."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import connection, transaction

from frontstage.customers.models import CareReason, ContactPoint, Customer, District, Site
from frontstage.customers.rules import same_address, telephone
from frontstage.foundation.actors import Actor
from frontstage.foundation.events import Subject, record
from frontstage.foundation.searching import search_text


@transaction.atomic
def install_districts(*, districts: Sequence[Mapping[str, Any]]) -> None:
    """Create or rename the charter's districts; those that it no longer names stay for their sites."""
    for district in districts:
        District.objects.update_or_create(code=district["code"], defaults={"name": district["name"]})


@transaction.atomic
def install_care_reasons(*, reasons: Sequence[Mapping[str, Any]]) -> None:
    """Make these the reasons for special care that may be chosen; files keep the ones they have."""
    CareReason.objects.update(current=False)
    for position, reason in enumerate(reasons):
        CareReason.objects.update_or_create(
            code=reason["code"], defaults={"name": reason["name"], "position": position, "current": True}
        )


def searchable(customer: Customer) -> str:
    """What a customer is found by: number, name, contact points (local form too) and addresses."""
    values = list(customer.contact_points.values_list("value", flat=True))
    local = [value.removeprefix("+86") for value in values if value.startswith("+86")]
    return search_text(
        customer.number, customer.name, *values, *local, *customer.sites.values_list("address", flat=True)
    )


def refresh_search_text(*, customer: Customer) -> None:
    Customer.objects.filter(pk=customer.pk).update(search_text=searchable(customer))


@transaction.atomic
def register_customer(
    *,
    name: str,
    mobile: str,
    language: str,
    now: dt.datetime,
    actor: Actor,
    kind: str = Customer.Kind.RESIDENTIAL,
) -> Customer:
    """Open a customer file. Raises BadTelephone."""
    value = telephone(mobile)
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('customer_number')")
        (serial,) = cursor.fetchone()
    customer = Customer.objects.create(
        number=f"C{serial:07d}", name=name, kind=kind, language=language, created_at=now
    )
    ContactPoint.objects.create(customer=customer, kind=ContactPoint.Kind.MOBILE, value=value, preferred=True)
    refresh_search_text(customer=customer)
    record(
        "customer.registered",
        now=now,
        actor=actor,
        subject=Subject("customer", customer.pk),
        customer_id=customer.pk,
        data={"number": customer.number},
    )
    return customer


def customer_by_mobile(mobile: str, name: str) -> Customer | None:
    """Whose number this is: the customer of that name, else the only one who has it. Raises BadTelephone."""
    owners = list(
        Customer.objects.filter(contact_points__value=telephone(mobile)).distinct().order_by("id")[:5]
    )
    named = [owner for owner in owners if owner.name == name]
    if named:
        return named[0]
    return owners[0] if len(owners) == 1 else None


@transaction.atomic
def site_at(*, customer: Customer, address: str, district: District) -> Site:
    """The customer's site at the address, added to her file when it is not there yet."""
    for site in customer.sites.all():
        if site.district_id == district.pk and same_address(site.address, address):
            return site
    site = Site.objects.create(
        customer=customer, address=address.strip(), district=district, kind=customer.kind
    )
    refresh_search_text(customer=customer)
    return site


@transaction.atomic
def set_care(*, customer: Customer, reasons: Sequence[str], now: dt.datetime, actor: Actor) -> None:
    """Enter in, change in or take off the registry of those who need special care."""
    Customer.objects.filter(pk=customer.pk).update(care_reasons=list(reasons))
    record(
        "customer.care_changed",
        now=now,
        actor=actor,
        subject=Subject("customer", customer.pk),
        customer_id=customer.pk,
        data={"before": customer.care_reasons, "after": list(reasons)},
    )
