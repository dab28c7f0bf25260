"""Visits and inspection cycles."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import Func
from django.utils.translation import gettext_lazy as _

from frontstage.cases.public import Case
from frontstage.customers.public import Site
from frontstage.people.public import Team


class _Period(Func):
    function = "tstzrange"
    output_field = DateTimeRangeField()


class InspectionCycle(models.Model):
    """How often a kind of site is inspected, as one charter edition says."""

    edition = models.CharField(max_length=60)
    code = models.SlugField()
    name = models.JSONField()
    months = models.PositiveSmallIntegerField()
    site_kinds = ArrayField(models.CharField(max_length=20))
    checklist = models.JSONField(default=list)  # [{"code", "text": {"en","zh"}}]
    current = models.BooleanField(default=True)
    source = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["edition", "code"], name="cycle_once_per_edition")]

    def __str__(self) -> str:
        return f"{self.edition}/{self.code}"


class InspectionPlan(models.Model):
    """When a site is next due. Only a completed inspection moves the date."""

    site = models.OneToOneField(Site, on_delete=models.CASCADE, related_name="inspection_plan")
    cycle_code = models.SlugField()
    last_done_on = models.DateField(null=True)
    due_on = models.DateField()

    class Meta:
        indexes = [models.Index(fields=["due_on", "id"], name="inspection_due")]

    def __str__(self) -> str:
        return f"{self.site_id} due {self.due_on}"


class Visit(models.Model):
    class Purpose(models.TextChoices):
        REPAIR = "repair", _("Repair")
        INSPECTION = "inspection", _("Inspection")
        CALLBACK = "callback", _("Call-back in person")
        HOME_SERVICE = "home_service", _("Formalities at home")

    class State(models.TextChoices):
        PLANNED = "planned", _("Planned")
        DISPATCHED = "dispatched", _("Dispatched")
        ARRIVED = "arrived", _("Arrived")
        DONE = "done", _("Done")
        NOBODY_HOME = "nobody_home", _("Nobody home")
        REFUSED = "refused", _("Refused by the customer")
        CANCELLED = "cancelled", _("Cancelled")

    case = models.ForeignKey(Case, null=True, blank=True, on_delete=models.PROTECT, related_name="visits")
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="visits")
    purpose = models.CharField(max_length=20, choices=Purpose.choices)
    state = models.CharField(max_length=20, choices=State.choices, default=State.PLANNED)
    team = models.ForeignKey(Team, null=True, on_delete=models.PROTECT, related_name="visits")
    worker = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="visits"
    )
    planned_from = models.DateTimeField()
    planned_to = models.DateTimeField()
    agreed = models.BooleanField(default=False)  # an appointment agreed with the customer
    created_at = models.DateTimeField()
    dispatched_at = models.DateTimeField(null=True)
    arrived_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    note = models.TextField(blank=True)
    checklist = models.JSONField(default=dict)  # {item code: "ok" | "defect"}

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(planned_to__gt=models.F("planned_from")), name="visit_ends_after_it_begins"
            ),
            ExclusionConstraint(
                name="worker_in_one_place_at_a_time",
                expressions=[
                    ("worker", RangeOperators.EQUAL),
                    (_Period("planned_from", "planned_to"), RangeOperators.OVERLAPS),
                ],
                condition=models.Q(state__in=["planned", "dispatched", "arrived"], worker__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["worker", "planned_from"], name="visit_worker_day"),
            models.Index(fields=["site", "-planned_from"], name="visit_site_latest"),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.planned_from:%Y-%m-%d %H:%M}"

    @property
    def tone(self) -> str:
        """How the state is toned where it is shown."""
        return {"done": "good", "nobody_home": "warn", "refused": "warn", "cancelled": "neutral"}.get(
            self.state, "info"
        )
