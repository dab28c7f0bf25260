"""Which charter is in force, and which ones were."""

from __future__ import annotations

from django.db import models


class CharterEdition(models.Model):
    code = models.SlugField()
    version = models.PositiveIntegerField()
    effective_from = models.DateField()
    effective_to = models.DateField(null=True)
    organisation = models.JSONField()  # {"en", "zh"}
    settings = models.JSONField(default=dict)  # service number, care reasons ... as the file has them
    digest = models.CharField(max_length=64)
    source = models.TextField()
    applied_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["code", "version"], name="edition_once")]

    def __str__(self) -> str:
        return f"{self.code}@{self.version}"
