"""Lifecycles that work: every state can be reached, every one leads to an end, every step has somebody to take it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from frontstage.charters.meaning import CASE_EVENTS
from frontstage.foundation.placed_yaml import Path, Problem, Reading


def lifecycle_problems(reading: Reading) -> Iterator[Problem]:
    if not isinstance(reading.data, dict):
        return
    for name, lifecycle in (reading.data.get("lifecycles") or {}).items():
        yield from _problems(reading, ("lifecycles", name), lifecycle)


def _problems(reading: Reading, at: Path, lifecycle: Mapping[str, Any]) -> Iterator[Problem]:
    states, steps = lifecycle["states"], lifecycle["transitions"]
    known = ", ".join(states)
    if lifecycle["initial"] not in states:
        yield reading.problem(
            (*at, "initial"), f"There is no state “{lifecycle['initial']}”.", f"Use one of: {known}."
        )
        return
    for code, step in steps.items():
        for i, origin in enumerate(step["from"]):
            if origin not in states:
                yield reading.problem(
                    (*at, "transitions", code, "from", i),
                    f"There is no state “{origin}”.",
                    f"Use one of: {known}.",
                )
        if step["to"] not in states:
            yield reading.problem(
                (*at, "transitions", code, "to"),
                f"There is no state “{step['to']}”.",
                f"Use one of: {known}.",
            )
        yield from _takers(reading, (*at, "transitions", code), step)
    edges = {
        state: {step["to"] for step in steps.values() if state in step["from"] and step["to"] in states}
        for state in states
    }
    yield from _roads(reading, at, lifecycle["initial"], states, edges)


def _takers(reading: Reading, at: Path, step: Mapping[str, Any]) -> Iterator[Problem]:
    """Somebody, or something that happens, takes the step."""
    for i, happening in enumerate(step.get("upon") or []):
        if happening not in CASE_EVENTS:
            yield reading.problem(
                (*at, "upon", i),
                f"Nothing called “{happening}” ever happens.",
                f"Use one of: {', '.join(sorted(CASE_EVENTS))}.",
            )
    if set(step["by"]) == {"system"} and not step.get("upon"):
        yield reading.problem(
            (*at, "by"), "Nobody may take this step.", "Name a role in by, or a happening in upon."
        )


def _roads(
    reading: Reading, at: Path, initial: str, states: Mapping[str, Any], edges: Mapping[str, set[str]]
) -> Iterator[Problem]:
    reached = _reach({initial}, edges)
    ends = {state for state, entry in states.items() if entry.get("open", True) is False}
    if not ends:
        yield reading.problem((*at, "states"), "No state ends a case.", "Give one of them open: false.")
        return
    back: dict[str, set[str]] = {state: set() for state in states}
    for origin, targets in edges.items():
        for target in targets:
            back[target].add(origin)
    finishing = _reach(ends, back)
    for state in states:
        if state not in reached:
            yield reading.problem(
                (*at, "states", state),
                f"No road leads to “{state}”.",
                "Add a transition to it, or remove it.",
            )
        elif state not in finishing:
            yield reading.problem(
                (*at, "states", state),
                f"A case in “{state}” can never end.",
                "Add a transition that leads on to a state with open: false.",
            )


def _reach(start: set[str], edges: Mapping[str, set[str]]) -> set[str]:
    found, ahead = set(start), list(start)
    while ahead:
        for target in edges.get(ahead.pop(), ()):
            if target not in found:
                found.add(target)
                ahead.append(target)
    return found
