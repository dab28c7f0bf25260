"""The charter in force, readable: what is promised, on which clause, along which roads."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from frontstage.cases.public import Lifecycle, current_kinds
from frontstage.charters.models import CharterEdition
from frontstage.charters.queries import in_force
from frontstage.commitments.public import Calendar, commitments_of
from frontstage.foundation.bilingual import in_language
from frontstage.people.public import requires
from frontstage.visits.public import InspectionCycle


@requires("see_charter")
def charter(request: HttpRequest) -> HttpResponse:
    edition = in_force(timezone.localdate())
    if edition is None:
        return render(request, "charters/none.html")
    kinds = current_kinds()
    names = {kind.code: in_language(kind.name) for kind in kinds}
    promises = [
        (promise, ", ".join(names.get(code, code) for code in promise.applies.get("kinds", [])))
        for promise in commitments_of(str(edition))
    ]
    context: dict[str, Any] = {
        "edition": edition,
        "promises": promises,
        "roads": [(kind, _road(Lifecycle(kind.lifecycle))) for kind in kinds],
        "calendars": Calendar.objects.filter(edition=str(edition)).order_by("id"),
        "cycles": InspectionCycle.objects.filter(current=True).order_by("months", "id"),
        "editions": CharterEdition.objects.order_by("-applied_at", "-id"),
    }
    return render(request, "charters/charter.html", context)


def _road(lifecycle: Lifecycle) -> tuple[list[str], list[str]]:
    """The main road and the branches, by name."""
    main = [lifecycle.state_name(code) for code, entry in lifecycle.states.items() if not entry.get("aside")]
    aside = [lifecycle.state_name(code) for code, entry in lifecycle.states.items() if entry.get("aside")]
    return main, aside
