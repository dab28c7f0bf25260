"""Lifecycles and files, judged without a database."""

from __future__ import annotations

import pytest

from frontstage.cases.errors import NoSuchStep, StepNeeds, StepNotYours
from frontstage.cases.rules import Lifecycle, content_type, refuse_if_missing

DECLARED = {
    "initial": "reported",
    "states": {
        "reported": {
            "name": {"en": "Reported", "zh": "已报修"},
            "customer": {"en": "Received", "zh": "已收到"},
        },
        "repaired": {"name": {"en": "Repaired", "zh": "已修复"}},
        "closed": {"name": {"en": "Closed", "zh": "已关闭"}, "open": False},
        "transferred": {"name": {"en": "Transferred", "zh": "已转出"}, "open": False, "aside": True},
    },
    "transitions": {
        "repair": {
            "from": ["reported"],
            "to": "repaired",
            "name": {"en": "Mark as repaired", "zh": "标记修复"},
            "by": ["agent"],
            "upon": ["visit.finished:done"],
        },
        "close": {
            "from": ["repaired"],
            "to": "closed",
            "name": {"en": "Close", "zh": "关闭"},
            "by": ["agent", "customer"],
            "requires": ["cause"],
        },
    },
}


def test_only_steps_from_the_state_and_of_the_role_are_offered() -> None:
    lifecycle = Lifecycle(DECLARED)
    assert [step.code for step in lifecycle.steps_from("reported", ["agent"])] == ["repair"]
    assert lifecycle.steps_from("reported", ["customer"]) == []
    assert [step.code for step in lifecycle.steps_from("repaired", ["customer"])] == ["close"]


def test_a_step_that_does_not_lead_on_is_refused_with_the_state() -> None:
    with pytest.raises(NoSuchStep, match="Reported"):
        Lifecycle(DECLARED).step("close", state="reported", roles=["agent"])


def test_a_step_of_another_role_is_refused_with_the_roles_that_may() -> None:
    with pytest.raises(StepNotYours, match="agent"):
        Lifecycle(DECLARED).step("repair", state="reported", roles=["field_worker"])


def test_everything_that_is_missing_is_named_at_once() -> None:
    step = Lifecycle(DECLARED).steps["close"]
    with pytest.raises(StepNeeds) as refusal:
        refuse_if_missing(step, {"cause": "a cause"}, given={"cause": False})
    assert refusal.value.field == "cause"
    refuse_if_missing(step, {}, given={"cause": True})


def test_the_customer_reads_her_own_wording_and_the_main_road_only() -> None:
    lifecycle = Lifecycle(DECLARED)
    assert lifecycle.state_name("reported", to_customer=True) == "Received"
    assert lifecycle.progress("repaired") == [("reported", "done"), ("repaired", "now"), ("closed", "ahead")]


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"\xff\xd8\xff\xe0rest", "image/jpeg"),
        (b"\x89PNG\r\n\x1a\nrest", "image/png"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "image/webp"),
        (b"%PDF-1.7", "application/pdf"),
        ("燃气表读数".encode(), "text/plain"),
        ("燃气".encode()[:-1], "text/plain"),  # cut inside a character
        (b"<html><script>", None),
        (b"  <svg onload=alert(1)>", None),
        (b"MZ\x90\x00", None),
        (b"PK\x03\x04\x00", None),
        (b"\xff\xfe\xfd", None),
    ],
)
def test_a_file_is_what_its_first_bytes_say(head: bytes, kind: str | None) -> None:
    assert content_type(head) == kind
