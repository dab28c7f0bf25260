"""Calendars, commitments and clocks. Definitions are immutable rows of one charter edition."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _


class Calendar(models.Model):
    """When time counts. ``hours`` and ``days`` are read by rules.working_time()."""

    edition = models.CharField(max_length=60)  # "gas_supply@1"
    code = models.SlugField()
    name = models.JSONField()
    time_zone = models.CharField(max_length=60)
    round_the_clock = models.BooleanField(default=False)
    hours = models.JSONField(default=dict)  # {"mon": [["09:00","12:00"],["13:30","18:00"]], ...}
    days = models.JSONField(
        default=dict
    )  # {"2026-10-01": [], "2026-10-10": [["09:00","18:00"]]}: closed or exchanged

    class Meta:
        constraints = [models.UniqueConstraint(fields=["edition", "code"], name="calendar_once_per_edition")]

    def __str__(self) -> str:
        return f"{self.edition}/{self.code}"


class Commitment(models.Model):
    """One standard (internal) or promise (published)."""

    class Audience(models.TextChoices):
        STANDARD = "standard", _("Standard (internal)")
        PROMISE = "promise", _("Promise (published)")

    edition = models.CharField(max_length=60)
    code = models.SlugField()
    name = models.JSONField()
    audience = models.CharField(max_length=10, choices=Audience.choices)
    subject_kind = models.CharField(max_length=10)  # case | visit
    # When it applies: {"kinds": [...], "severities": [...]}; an absent key matches everything.
    applies = models.JSONField(default=dict)
    starts_on = models.CharField(max_length=60)  # event name, or "state:<code>"
    met_on = ArrayField(models.CharField(max_length=60))  # the first of these stops the clock
    pauses_in = ArrayField(models.CharField(max_length=40), default=list, blank=True)  # states
    within = models.DurationField(null=True)  # None: "at once", measured and never breached
    calendar = models.ForeignKey(Calendar, on_delete=models.PROTECT)
    replaceable = models.BooleanField(default=False)  # an agreed appointment may replace its due time
    escalations = models.JSONField(
        default=list
    )  # [{"on": "breach", "notify": "team_lead", "priority": "urgent"}]
    source = models.CharField(max_length=200, blank=True)  # the clause that it comes from
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["edition", "code"], name="commitment_once_per_edition")
        ]

    def __str__(self) -> str:
        return f"{self.edition}/{self.code}"


class Clock(models.Model):
    """One commitment running on one subject. A breached clock still runs until it is stopped."""

    class State(models.TextChoices):
        RUNNING = "running", _("Running")
        PAUSED = "paused", _("Paused")
        MET = "met", _("Met")
        BREACHED = "breached", _("Breached")
        WAIVED = "waived", _("Waived")

    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="clocks")
    # The commitment's code, repeated so that figures run over every edition of it.
    code = models.CharField(max_length=50)
    subject_kind = models.CharField(max_length=10)
    subject_id = models.BigIntegerField()
    customer_id = models.BigIntegerField(null=True)
    # The dimensions that attainment is counted by, as they were when the clock started or was handed over.
    team_id = models.BigIntegerField(null=True)
    district = models.CharField(max_length=40, blank=True)
    subject_label = models.CharField(max_length=40, blank=True)  # the case number

    state = models.CharField(max_length=10, choices=State.choices, default=State.RUNNING)
    started_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    paused_at = models.DateTimeField(null=True)
    paused_for = models.DurationField(default="0")  # working time spent paused
    stopped_at = models.DateTimeField(null=True)  # the second at which the promised thing happened
    breached_at = models.DateTimeField(null=True)  # = due_at of a breach, not when it was noticed
    breach_noticed_at = models.DateTimeField(null=True)
    took = models.DurationField(null=True)  # working time from start to stop, pauses left out
    waived_reason = models.CharField(max_length=300, blank=True)
    waived_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    replaced_due_at = models.DateTimeField(null=True)  # what was due before an appointment replaced it

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subject_kind", "subject_id", "commitment"], name="clock_once_per_subject"
            ),
            models.CheckConstraint(
                condition=~models.Q(state="met") | models.Q(stopped_at__isnull=False),
                name="met_clock_has_stopped",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="breached") | models.Q(breached_at__isnull=False),
                name="breached_clock_says_when",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="waived") | ~models.Q(waived_reason=""), name="waiver_has_a_reason"
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at"], name="clock_due", condition=models.Q(state="running", due_at__isnull=False)
            ),
            models.Index(fields=["code", "started_at"], name="clock_code_started"),
        ]

    def __str__(self) -> str:
        return f"{self.code} on {self.subject_kind}:{self.subject_id} ({self.state})"
