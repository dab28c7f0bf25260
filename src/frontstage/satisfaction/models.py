"""The tree of an index, and runs of its model."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from frontstage.surveys.public import Study


class IndexTree(models.Model):
    """Index, factors, indicators, questions: as the charter has it."""

    study = models.OneToOneField(Study, on_delete=models.PROTECT, related_name="index_tree")
    edition = models.CharField(max_length=60)
    # [{"code", "name", "indicators": [{"code", "name", "owner", "controllable", "comparable", "questions"}]}]
    factors = models.JSONField()

    def __str__(self) -> str:
        return f"index of {self.study_id}"


class IndexRun(models.Model):
    """The model estimated once, on the answers of one filter."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Being computed")
        DONE = "done", _("Computed")
        REFUSED = "refused", _("Refused")

    study = models.ForeignKey(Study, on_delete=models.PROTECT, related_name="index_runs")
    # The filter: a period in days back from the moment of asking, a district, a team.
    days = models.PositiveSmallIntegerField()
    district = models.CharField(max_length=40, blank=True)
    team_id = models.BigIntegerField(null=True)
    since = models.DateTimeField()
    until = models.DateTimeField()  # excluded; the moment of asking, so that later answers change nothing
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    asked_at = models.DateTimeField()
    computed_at = models.DateTimeField(null=True)
    n = models.PositiveIntegerField(default=0)
    document = models.JSONField(null=True)  # what `frontstage assess --json` writes
    refusal = models.JSONField(null=True)  # {"code", "message", "remedy", "details"}
    # [{"start": "2026-01-01", "n", "total", "squares"}]: the respondents' own indices, by month
    months = models.JSONField(default=list)
    model = models.TextField(blank=True)  # model.yaml
    settings = models.JSONField(default=dict)  # {"bootstrap", "seed", "group"}
    answers_sha256 = models.CharField(max_length=64, blank=True)  # of answers.csv

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["study", "days", "district", "team_id"],
                condition=models.Q(state="waiting"),
                nulls_distinct=False,
                name="one_waiting_run_per_filter",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="done") | models.Q(document__isnull=False),
                name="done_only_with_a_document",
            ),
        ]
        indexes = [models.Index(fields=["study", "days", "district", "-asked_at"], name="index_run_newest")]

    def __str__(self) -> str:
        return f"run {self.pk}"
