"""The door to customers."""

from frontstage.customers.actions import (
    customer_by_mobile,
    install_care_reasons,
    install_districts,
    register_customer,
    set_care,
    site_at,
)
from frontstage.customers.errors import BadTelephone, UnknownCustomer
from frontstage.customers.models import CareReason, ContactPoint, Customer, District, Site
from frontstage.customers.queries import customer_numbered, districts, sites_of
from frontstage.customers.queries import visible_to as customers_visible_to
from frontstage.customers.rules import readable_telephone, telephone

__all__ = [
    "BadTelephone",
    "CareReason",
    "ContactPoint",
    "Customer",
    "District",
    "Site",
    "UnknownCustomer",
    "customer_by_mobile",
    "customer_numbered",
    "customers_visible_to",
    "districts",
    "install_care_reasons",
    "install_districts",
    "readable_telephone",
    "register_customer",
    "set_care",
    "site_at",
    "sites_of",
    "telephone",
]
