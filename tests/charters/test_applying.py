"""A charter is put in force whole or not at all; open cases keep the edition that they began under."""

from __future__ import annotations

import pytest

from frontstage.cases.models import CaseKind
from frontstage.charters.errors import CharterHasMistakes, VersionIsOlder, VersionTaken
from frontstage.charters.models import CharterEdition
from frontstage.charters.public import apply, in_force, organisation_name
from frontstage.commitments.models import Commitment
from frontstage.foundation.actors import SYSTEM
from frontstage.surveys.models import Study
from frontstage.visits.models import InspectionCycle
from tests.cast import NOW, Cast, liu_reports
from tests.charters.test_checking import GAS


@pytest.mark.django_db
def test_the_gas_charter_carries_every_promise_of_the_standard() -> None:
    apply(GAS, now=NOW, actor=SYSTEM)
    promised = {
        c.code: (c.within.total_seconds() / 3600 if c.within else None) for c in Commitment.objects.all()
    }
    assert {
        "arrive_at_once": None,
        "handle_6h": 6,
        "repair_24h": 24,
        "network_4h": 4,
        "network_24h": 24,
        "investigate_at_once": None,
        "reply_48h": 48,
    }.items() <= promised.items()
    assert {c.code: c.months for c in InspectionCycle.objects.all()} == {"residential": 24, "business": 12}
    assert {d["code"]: d["points"] for d in Study.objects.get(code="after_service").instrument.dimensions} == {
        "tangibles": 10, "reliability": 40, "responsiveness": 20, "assurance": 15, "empathy": 15,
    }  # fmt: skip
    assert organisation_name() == "Binjiang Gas"
    assert in_force(NOW.date()).version == 1


@pytest.mark.django_db
def test_the_same_file_twice_changes_nothing() -> None:
    first = apply(GAS, now=NOW, actor=SYSTEM)
    kinds = list(CaseKind.objects.values_list("id", flat=True))
    assert apply(GAS, now=NOW, actor=SYSTEM).pk == first.pk
    assert list(CaseKind.objects.values_list("id", flat=True)) == kinds
    assert CharterEdition.objects.count() == 1


@pytest.mark.django_db
def test_a_change_needs_a_higher_version() -> None:
    apply(GAS, now=NOW, actor=SYSTEM)
    with pytest.raises(VersionTaken, match="Raise the version"):
        apply(GAS.replace("96777", "96778"), now=NOW, actor=SYSTEM)
    apply(GAS.replace("version: 1\neff", "version: 3\neff"), now=NOW, actor=SYSTEM)
    with pytest.raises(VersionIsOlder):
        apply(GAS.replace("version: 1\neff", "version: 2\neff"), now=NOW, actor=SYSTEM)


@pytest.mark.django_db
def test_a_charter_with_a_mistake_leaves_nothing_behind() -> None:
    with pytest.raises(CharterHasMistakes, match="line"):
        apply(GAS.replace("points: 40", "points: 41"), now=NOW, actor=SYSTEM)
    assert not CaseKind.objects.exists()
    assert not Commitment.objects.exists()


def test_an_open_case_keeps_its_edition_and_a_new_one_begins_under_the_next(cast: Cast) -> None:
    apply(GAS, now=NOW, actor=SYSTEM)
    before = liu_reports(cast, kind_code="gas_leak")
    apply(GAS.replace("version: 1\neff", "version: 2\neff").replace("PT6H", "PT3H"), now=NOW, actor=SYSTEM)
    after = liu_reports(cast, kind_code="gas_leak")
    assert (before.kind.edition, after.kind.edition) == ("gas_supply@1", "gas_supply@2")
    before.refresh_from_db()
    assert (before.due_at - NOW).total_seconds() == 6 * 3600
    assert (after.due_at - NOW).total_seconds() == 3 * 3600
