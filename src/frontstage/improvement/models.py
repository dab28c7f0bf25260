"""Initiatives."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from frontstage.surveys.public import Study


class Initiative(models.Model):
    class Stage(models.TextChoices):
        PLAN = "plan", _("Plan")
        DO = "do", _("Do")
        CHECK = "check", _("Check")
        ACT = "act", _("Act")
        CLOSED = "closed", _("Closed")
        ABANDONED = "abandoned", _("Abandoned")

    title = models.CharField(max_length=200)
    stage = models.CharField(max_length=10, choices=Stage.choices, default=Stage.PLAN)
    study = models.ForeignKey(Study, on_delete=models.PROTECT, related_name="initiatives")
    dimension = models.CharField(max_length=40)
    # The finding as it was: {"expectation", "perception", "gap", "low", "high", "n", "from", "to"}
    finding = models.JSONField()
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="initiatives")
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField()
    expected_effect = models.DecimalField(max_digits=4, decimal_places=2)  # points of the gap, upward
    causes = models.TextField(blank=True)
    opened_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)  # of the do stage: what is answered later is "after"
    closed_at = models.DateTimeField(null=True)
    # The re-measurement: {"before": {...}, "after": {...}, "difference", "low", "high", "p", "measured_at"}
    remeasurement = models.JSONField(null=True)
    conclusion = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(stage="closed") | models.Q(remeasurement__isnull=False),
                name="closed_only_with_a_remeasurement",
            )
        ]

    def __str__(self) -> str:
        return self.title


class InitiativeAction(models.Model):
    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="actions")
    text = models.CharField(max_length=300)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField()
    done_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.text
