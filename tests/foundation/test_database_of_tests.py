"""The tests' own database: migrated, separate for each worker, as it was after every test."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import transaction

from frontstage.foundation.actors import SYSTEM
from frontstage.foundation.events import Subject, record
from frontstage.foundation.models import Event

NOW = dt.datetime(2026, 3, 2, 8, 0, tzinfo=dt.UTC)


def note() -> None:
    with transaction.atomic():
        record("case.noted", now=NOW, actor=SYSTEM, subject=Subject("case", 1), audience=["staff"])


@pytest.mark.parametrize("time", [1, 2])
def test_a_test_finds_nothing_of_another(db: None, time: int) -> None:
    assert not Event.objects.exists()
    note()
    assert Event.objects.count() == 1


@pytest.mark.parametrize("time", [1, 2])
def test_a_committing_test_finds_nothing_of_another_either(transactional_db: None, time: int) -> None:
    assert not Event.objects.exists()
    note()
    assert Event.objects.count() == 1
