"""Accounts and teams."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.contrib.postgres.fields import ArrayField
from django.db import models

from frontstage.foundation.actors import Actor
from frontstage.people.rules import Role, may


class Team(models.Model):
    """A group that cases and visits are given to. It serves some districts, or all when none is named."""

    code = models.SlugField(unique=True)
    name = models.JSONField()  # {"en", "zh"}
    field = models.BooleanField(default=False)  # goes out to sites
    districts = ArrayField(models.CharField(max_length=40), default=list, blank=True)

    def __str__(self) -> str:
        return self.code


class User(AbstractUser):
    """A person who signs in: staff, or a customer reading her own file."""

    display_name = models.CharField(max_length=120)
    language = models.CharField(max_length=10, default="zh-hans")
    roles = ArrayField(models.CharField(max_length=20, choices=Role.choices), default=list, blank=True)
    teams = models.ManyToManyField(Team, related_name="members", blank=True)

    class Meta:
        indexes = [models.Index(fields=["display_name"], name="user_display_name")]

    def __str__(self) -> str:
        return self.display_name or self.username

    def may(self, capability: str) -> bool:
        """Whether this person's roles carry the capability. Nobody may do anything while inactive."""
        return self.is_active and may(self.roles, capability)

    @property
    def is_staff_member(self) -> bool:
        return self.may("use_desk")

    def actor(self, *, origin: str, address: str | None = None) -> Actor:
        """This person as the actor of an event."""
        return Actor(
            kind="staff" if self.is_staff_member else "customer",
            id=self.pk,
            label=str(self),
            origin=origin,
            address=address,
        )


class AccessToken(models.Model):
    """A key for programs: acts as its user, within that user's roles. Only its digest is kept."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=80)
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name
