"""What cases show on other modules' pages."""

from __future__ import annotations

from django.http import HttpRequest
from django.template.loader import render_to_string

from frontstage.cases.queries import visible_to
from frontstage.customers.public import Customer
from frontstage.people.public import signed_in


def customer_panel(request: HttpRequest, customer: Customer) -> str:
    """The customer's cases that this person may see."""
    cases = visible_to(signed_in(request)).filter(customer=customer).select_related("kind")
    return render_to_string(
        "cases/_customer_panel.html", {"cases": cases.order_by("-opened_at", "-id")[:20]}, request
    )
