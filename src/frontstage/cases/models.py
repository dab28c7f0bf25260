"""Cases and what is said on them."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector
from django.db import models
from django.utils.translation import gettext_lazy as _

from frontstage.customers.public import Customer, District, Site
from frontstage.people.public import Team


class CaseKind(models.Model):
    """A kind of case as one charter edition defines it. Immutable: an open case keeps the row it began under."""

    edition = models.CharField(max_length=60)
    code = models.SlugField()
    name = models.JSONField()
    summary = models.JSONField(default=dict)  # one line for the customer who chooses
    icon = models.CharField(max_length=40, default="ticket")
    on_portal = models.BooleanField(default=False)
    default_priority = models.CharField(max_length=10, default="normal")
    team_code = models.SlugField(blank=True)  # the team that new ones go to
    # {"initial": s, "states": {s: {"name": {}, "open": bool, "waiting": bool, "customer": {}}},
    #  "transitions": {code: {"from": [..], "to": s, "name": {}, "by": [roles], "requires": [..],
    #                         "waives": bool, "upon": [happenings that take the step by themselves]}}}
    # A state may also be "resolved" (the matter is settled) and "aside" (off the main road).
    lifecycle = models.JSONField()
    severities = models.JSONField(default=list)  # [{"code", "name", "priority"}]
    current = models.BooleanField(default=True)  # new cases may begin under it
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["edition", "code"], name="kind_once_per_edition")]

    def __str__(self) -> str:
        return f"{self.edition}/{self.code}"


class Case(models.Model):
    class Priority(models.TextChoices):
        NORMAL = "normal", _("Normal")
        URGENT = "urgent", _("Urgent")
        EMERGENCY = "emergency", _("Emergency")

    class Cause(models.TextChoices):
        """Why it happened (domain.md 3.7): design and output bear on technical quality, the others on functional."""

        DESIGN = "design", _("Design of the product or service")
        OUTPUT = "output", _("Outcome of the service")
        PROCESS = "process", _("Process and manner of the transaction")
        RELATIONSHIP = "relationship", _("Relationship between customer and provider")

    number = models.CharField(max_length=20, unique=True)
    kind = models.ForeignKey(CaseKind, on_delete=models.PROTECT, related_name="cases")
    kind_code = models.CharField(max_length=50)  # kind.code, repeated for filters over every edition
    state = models.CharField(max_length=40)
    is_open = models.BooleanField(default=True)
    priority = models.CharField(max_length=10, choices=Priority.choices, default=Priority.NORMAL)
    severity = models.CharField(max_length=40, blank=True)
    cause = models.CharField(max_length=20, choices=Cause.choices, blank=True)
    subject = models.CharField(max_length=200)
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="cases")
    site = models.ForeignKey(Site, null=True, blank=True, on_delete=models.PROTECT, related_name="cases")
    district = models.ForeignKey(District, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, null=True, blank=True, on_delete=models.PROTECT, related_name="cases")
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="cases"
    )
    channel = models.CharField(max_length=20)  # portal, phone, desk, api
    language = models.CharField(max_length=10, default="zh-hans")
    occurred_at = models.DateTimeField(null=True)  # when the customer noticed it
    opened_at = models.DateTimeField()  # when it was reported to us
    resolved_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)  # earliest due time of the clocks still running on it
    link_version = models.PositiveSmallIntegerField(default=1)  # raised to revoke links already given out
    search_text = models.TextField(default="")

    class Meta:
        indexes = [
            models.Index(fields=["-opened_at", "-id"], name="case_newest"),
            models.Index(
                fields=["-opened_at", "-id"], name="case_open_newest", condition=models.Q(is_open=True)
            ),
            models.Index(fields=["team", "-opened_at", "-id"], name="case_team_newest"),
            models.Index(fields=["assignee", "-opened_at", "-id"], name="case_assignee_newest"),
            models.Index(fields=["kind_code", "-opened_at", "-id"], name="case_kind_newest"),
            models.Index(fields=["district", "-opened_at", "-id"], name="case_district_newest"),
            models.Index(fields=["state", "-opened_at", "-id"], name="case_state_newest"),
            GinIndex(SearchVector("search_text", config="simple"), name="case_search", fastupdate=False),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.subject}"

    @property
    def state_name(self) -> dict[str, str]:
        """The state's name in both languages, as the kind's lifecycle has it."""
        name: dict[str, str] = self.kind.lifecycle["states"][self.state]["name"]
        return name


class Message(models.Model):
    """One communication on a case."""

    class Direction(models.TextChoices):
        IN = "in", _("From the customer")
        OUT = "out", _("To the customer")
        INTERNAL = "internal", _("Internal note")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="messages")
    direction = models.CharField(max_length=10, choices=Direction.choices)
    channel = models.CharField(max_length=20)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    author_label = models.CharField(max_length=120)
    body = models.TextField()
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["case", "at", "id"], name="message_in_order")]

    def __str__(self) -> str:
        return f"{self.direction} {self.at:%Y-%m-%d %H:%M}"


class Attachment(models.Model):
    """A file on a message, kept outside the web root under its digest."""

    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="attachments")
    name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=100)  # by content, not by what the sender said
    size = models.PositiveIntegerField()  # bytes
    digest = models.CharField(max_length=64)  # SHA-256, its place below MEDIA_ROOT

    def __str__(self) -> str:
        return self.name


class Submission(models.Model):
    """One act of opening that a browser or program may repeat: the same key gives the same case, never a second."""

    key = models.CharField(max_length=80, primary_key=True)
    case = models.OneToOneField(Case, on_delete=models.CASCADE)

    def __str__(self) -> str:
        return self.key
