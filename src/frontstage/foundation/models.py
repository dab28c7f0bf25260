"""The event log. Append-only: a trigger in the database refuses update and delete."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models


class Event(models.Model):
    """One act: who, what, when, from where, on what. See events/log.py for how it is written."""

    name = models.CharField(max_length=80)
    at = models.DateTimeField()
    actor_kind = models.CharField(max_length=10)
    actor_id = models.BigIntegerField(null=True)
    actor_label = models.CharField(max_length=120)
    origin = models.CharField(max_length=20)
    address = models.GenericIPAddressField(null=True)
    subject_kind = models.CharField(max_length=20)
    subject_id = models.BigIntegerField()
    customer_id = models.BigIntegerField(null=True)
    data = models.JSONField(default=dict)
    audience = ArrayField(models.CharField(max_length=40), default=list)

    class Meta:
        indexes = [
            models.Index(fields=["subject_kind", "subject_id", "at"], name="event_subject"),
            models.Index(
                fields=["customer_id", "at"],
                name="event_customer",
                condition=models.Q(customer_id__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.subject_kind}:{self.subject_id} {self.at:%Y-%m-%d %H:%M:%S}"
