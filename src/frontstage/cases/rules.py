"""Pure decisions about cases: what a lifecycle allows, to whom, and what it asks for."""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from frontstage.cases.errors import NoSuchStep, StepNeeds, StepNotYours
from frontstage.foundation.bilingual import in_language

# Who may make a step beside the staff roles of people.rules.Role.
CUSTOMER, SYSTEM = "customer", "system"

# Every file is judged by its content; the sender's word counts for nothing.
MEGABYTE = 1024 * 1024
LARGEST_FILE = 10 * MEGABYTE
MOST_FILES = 5


@dataclass(frozen=True)
class Step:
    """One transition as it stands in a lifecycle."""

    code: str
    name: Mapping[str, str]
    origins: tuple[str, ...]
    target: str
    by: tuple[str, ...]
    requires: tuple[str, ...]  # of: note, cause, reply, visit_done, decision
    waives: bool
    upon: tuple[
        str, ...
    ]  # happenings that take the step by themselves: visit.arrived, case.customer_wrote ...

    @classmethod
    def read(cls, code: str, entry: Mapping[str, Any]) -> Step:
        return cls(
            code=code,
            name=entry["name"],
            origins=tuple(entry["from"]),
            target=entry["to"],
            by=tuple(entry["by"]),
            requires=tuple(entry.get("requires", ())),
            waives=bool(entry.get("waives", False)),
            upon=tuple(entry.get("upon", ())),
        )


def with_order(declared: Mapping[str, Any]) -> dict[str, Any]:
    """The lifecycle with the charter's order of states and steps beside them: jsonb keeps no order of keys."""
    order = {"states": list(declared["states"]), "transitions": list(declared["transitions"])}
    return {**declared, "order": order}


class Lifecycle:
    """The states and steps of a kind of case, read from its charter's JSON."""

    def __init__(self, declared: Mapping[str, Any]) -> None:
        self.initial: str = declared["initial"]
        states, steps = declared["states"], declared["transitions"]
        order = declared.get("order", {})
        self.states: Mapping[str, Mapping[str, Any]] = {c: states[c] for c in order.get("states", states)}
        self.steps = {code: Step.read(code, steps[code]) for code in order.get("transitions", steps)}

    def is_open(self, state: str) -> bool:
        return bool(self.states[state].get("open", True))

    def waits_for_customer(self, state: str) -> bool:
        return bool(self.states[state].get("waiting", False))

    def state_name(self, state: str, *, to_customer: bool = False) -> str:
        """The state's name in the reader's language; the customer's wording where there is one."""
        entry = self.states[state]
        return in_language((to_customer and entry.get("customer")) or entry["name"])

    def steps_from(self, state: str, roles: Iterable[str]) -> list[Step]:
        """What somebody with these roles may do next."""
        mine = set(roles)
        return [step for step in self.steps.values() if state in step.origins and mine.intersection(step.by)]

    def step(self, code: str, *, state: str, roles: Iterable[str]) -> Step:
        """The step, if it leads on from the state and is theirs. Raises NoSuchStep, StepNotYours."""
        step = self.steps.get(code)
        if step is None or state not in step.origins:
            raise NoSuchStep(state=self.state_name(state))
        if not set(roles).intersection(step.by):
            raise StepNotYours(step=in_language(step.name), roles=", ".join(step.by))
        return step

    def progress(self, state: str) -> list[tuple[str, str]]:
        """The main road (no side branch) as (state, done | now | ahead), for the customer's eyes."""
        road = [code for code, entry in self.states.items() if not entry.get("aside", False)]
        if state not in road:
            return [(code, "ahead") for code in road]
        at = road.index(state)
        return [(c, "done" if i < at else "now" if i == at else "ahead") for i, c in enumerate(road)]


def missing(step: Step, *, given: Mapping[str, bool]) -> list[str]:
    """What the step requires and was not given, in the charter's order."""
    return [need for need in step.requires if not given.get(need, False)]


def refuse_if_missing(step: Step, words: Mapping[str, Any], *, given: Mapping[str, bool]) -> None:
    """Raises StepNeeds with everything that is missing, in words."""
    lacking = missing(step, given=given)
    if lacking:
        raise StepNeeds(
            step=in_language(step.name),
            what=", ".join(str(words.get(need, need)) for need in lacking),
            field=lacking[0],
        )


SIGNATURES: tuple[tuple[bytes, int, str], ...] = (
    (b"\xff\xd8\xff", 0, "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", 0, "image/png"),
    (b"WEBP", 8, "image/webp"),
    (b"ftypheic", 4, "image/heic"),
    (b"ftypheix", 4, "image/heic"),
    (b"ftypmif1", 4, "image/heic"),
    (b"%PDF-", 0, "application/pdf"),
)


def content_type(head: bytes) -> str | None:
    """What a file is, by its first bytes; None when it is nothing that we accept."""
    for mark, offset, kind in SIGNATURES:
        if head[offset : offset + len(mark)] == mark:
            return kind
    if b"\x00" in head or head.lstrip()[:1] == b"<":
        return None
    try:
        # The head may end inside a character: what is still open at its end is no fault.
        codecs.getincrementaldecoder("utf-8")().decode(head, final=False)
    except UnicodeDecodeError:
        return None
    return "text/plain"
