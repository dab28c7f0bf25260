"""Instruments and what was answered on them."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from frontstage.cases.public import Case
from frontstage.customers.public import Customer


class Instrument(models.Model):
    """A questionnaire; one row a version, frozen once published."""

    code = models.SlugField()
    version = models.PositiveSmallIntegerField()
    edition = models.CharField(max_length=60, blank=True)  # the charter edition that brought it
    name = models.JSONField()
    introduction = models.JSONField(default=dict)
    dimensions = models.JSONField()  # [{"code", "name", "points"}] in order; points total 100
    minimum = models.SmallIntegerField(default=1)
    maximum = models.SmallIntegerField(default=7)
    expectation_ends = models.JSONField(default=dict)  # {"low": {}, "high": {}}
    perception_ends = models.JSONField(default=dict)
    published_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["code", "version"], name="instrument_version_once")]

    def __str__(self) -> str:
        return f"{self.code} {self.version}"


class Item(models.Model):
    class Kind(models.TextChoices):
        PAIRED = "paired", _("Expectation and perception")
        RATING = "rating", _("Rating")
        TEXT = "text", _("Text")

    instrument = models.ForeignKey(Instrument, on_delete=models.CASCADE, related_name="items")
    code = models.SlugField()  # stable over versions
    kind = models.CharField(max_length=10, choices=Kind.choices)
    dimension = models.CharField(max_length=40, blank=True)
    text = models.JSONField()  # perception wording, or the question
    expectation_text = models.JSONField(default=dict)
    required = models.BooleanField(default=True)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["instrument", "code"], name="item_once")]

    def __str__(self) -> str:
        return self.code


class Study(models.Model):
    """One measurement: an instrument, whom it asks, and since when."""

    code = models.SlugField(unique=True)
    name = models.JSONField()
    instrument = models.ForeignKey(Instrument, on_delete=models.PROTECT, related_name="studies")
    # A case of these kinds that is closed is asked about; the states that count as closed come from the lifecycle.
    asks_after_kinds = ArrayField(models.CharField(max_length=50), default=list)
    rest_days = models.PositiveSmallIntegerField(default=0)  # nobody is asked twice within so many days
    valid_days = models.PositiveSmallIntegerField(default=30)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.code


class Invitation(models.Model):
    """One request to answer. Its signed link opens it; it can be answered once."""

    study = models.ForeignKey(Study, on_delete=models.PROTECT, related_name="invitations")
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="invitations")
    case = models.ForeignKey(Case, null=True, on_delete=models.PROTECT, related_name="invitations")
    language = models.CharField(max_length=10)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    draft = models.JSONField(default=dict)  # answers so far: resumed where they were left
    draft_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["study", "case"], name="asked_once_per_case"),
        ]
        indexes = [models.Index(fields=["customer", "-created_at"], name="invitation_customer")]

    def __str__(self) -> str:
        return f"{self.study_id}:{self.case_id}"


class Response(models.Model):
    """A submitted answer sheet. The dimensions that results are grouped by are kept as they were."""

    invitation = models.OneToOneField(Invitation, on_delete=models.PROTECT, related_name="response")
    study = models.ForeignKey(Study, on_delete=models.PROTECT, related_name="responses")
    case = models.ForeignKey(Case, null=True, on_delete=models.PROTECT, related_name="responses")
    language = models.CharField(max_length=10)
    submitted_at = models.DateTimeField()
    district = models.CharField(max_length=40, blank=True)
    team_id = models.BigIntegerField(null=True)
    kind_code = models.CharField(max_length=50, blank=True)

    class Meta:
        indexes = [models.Index(fields=["study", "-submitted_at", "-id"], name="response_newest")]

    def __str__(self) -> str:
        return f"response {self.pk}"


class Answer(models.Model):
    """One item answered: a paired item has both columns, a rating ``value``, a text ``text``."""

    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="answers")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="answers")
    expectation = models.SmallIntegerField(null=True)
    perception = models.SmallIntegerField(null=True)
    value = models.SmallIntegerField(null=True)
    text = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["response", "item"], name="answer_once")]

    def __str__(self) -> str:
        return f"{self.response_id}/{self.item_id}"

    @property
    def gap(self) -> int | None:
        """P - E, signed; None while one of the pair is missing."""
        if self.expectation is None or self.perception is None:
            return None
        return self.perception - self.expectation
