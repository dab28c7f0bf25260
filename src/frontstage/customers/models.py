"""The customer file."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector
from django.db import models
from django.utils.translation import gettext_lazy as _


class District(models.Model):
    """A part of the area served."""

    code = models.SlugField(primary_key=True)
    name = models.JSONField()  # {"en", "zh"}

    def __str__(self) -> str:
        return self.code


class CareReason(models.Model):
    """A reason for special care, as the charter in force names them."""

    code = models.SlugField(primary_key=True)
    name = models.JSONField()  # {"en", "zh"}
    position = models.PositiveSmallIntegerField(default=0)
    current = models.BooleanField(default=True)

    def __str__(self) -> str:
        return self.code


class Customer(models.Model):
    class Kind(models.TextChoices):
        RESIDENTIAL = "residential", _("Residential")
        COMMERCIAL = "commercial", _("Commercial")
        INDUSTRIAL = "industrial", _("Industrial")
        HEATING = "heating", _("Heating")

    number = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=20, choices=Kind.choices, default=Kind.RESIDENTIAL)
    language = models.CharField(max_length=10, default="zh-hans")
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="customer"
    )
    # The registry of those who need special care: reason codes of the charter (elderly, infirm, ill, disabled).
    care_reasons = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    accepts_surveys = models.BooleanField(default=True)
    note = models.TextField(blank=True)
    created_at = models.DateTimeField()
    search_text = models.TextField(default="")

    class Meta:
        indexes = [
            GinIndex(SearchVector("search_text", config="simple"), name="customer_search"),
            models.Index(fields=["-created_at", "-id"], name="customer_newest"),
        ]

    def __str__(self) -> str:
        return self.name


class ContactPoint(models.Model):
    class Kind(models.TextChoices):
        MOBILE = "mobile", _("Mobile")
        PHONE = "phone", _("Telephone")
        EMAIL = "email", _("E-mail")

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="contact_points")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    value = models.CharField(max_length=254)  # E.164 for telephones, lower case for e-mail
    preferred = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["customer", "kind", "value"], name="contact_once"),
        ]
        indexes = [models.Index(fields=["value"], name="contact_value")]

    def __str__(self) -> str:
        return self.value


class Site(models.Model):
    """A place where the service happens."""

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="sites")
    address = models.CharField(max_length=200)
    district = models.ForeignKey(District, on_delete=models.PROTECT, related_name="sites")
    kind = models.CharField(max_length=20, choices=Customer.Kind.choices)
    meter_number = models.CharField(max_length=40, blank=True)

    def __str__(self) -> str:
        return self.address
