"""Reads on customer files."""

from __future__ import annotations

from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db.models import F, Q, QuerySet

from frontstage.customers.errors import UnknownCustomer
from frontstage.customers.models import CareReason, Customer, District, Site
from frontstage.foundation.searching import tsquery
from frontstage.people.public import User


def visible_to(user: User) -> QuerySet[Customer]:
    """Staff who serve see every file; a customer sees her own; anybody else none."""
    if user.may("see_customers"):
        return Customer.objects.all()
    return Customer.objects.filter(user=user)


def searched(customers: QuerySet[Customer], asked: str) -> QuerySet[Customer]:
    """Those whose number, name, telephone or address answers what was asked."""
    query = tsquery(asked)
    if not query:
        return customers
    return customers.annotate(found=SearchVector("search_text", config="simple")).filter(
        found=SearchQuery(query, config="simple", search_type="raw")
    )


def customer_numbered(number: str, *, user: User) -> Customer:
    """One file. Raises UnknownCustomer when it is not there or not for this person."""
    found = (
        visible_to(user).filter(number=number).prefetch_related("contact_points", "sites__district").first()
    )
    if found is None:
        raise UnknownCustomer
    return found


def care_choices(customer: Customer) -> list[CareReason]:
    """The reasons that may be chosen, and those that this file still has from earlier."""
    reasons = CareReason.objects.filter(Q(current=True) | Q(code__in=customer.care_reasons))
    return list(reasons.order_by("position", "code"))


def districts() -> QuerySet[District]:
    return District.objects.order_by("code")


def sites_of(customer: Customer) -> QuerySet[Site]:
    return customer.sites.select_related("district").order_by(F("id"))
