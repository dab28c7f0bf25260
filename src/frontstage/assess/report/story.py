"""The result in three sentences for a manager: where we stand, what drives it, what to do first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from frontstage.assess.report.gap_tables import is_perception_only, value_of
from frontstage.assess.report.names import Names
from frontstage.assess.report.tables import refusal
from frontstage.assess.words import Document, Words, _, number


@dataclass(frozen=True)
class Story:
    """``figure`` is the one number of the cover on the scale ``low`` to ``high``, its name ``about``."""

    title: str
    subtitle: str
    sentences: list[str]
    figure: float | None
    digits: int
    about: str
    scale: tuple[float, float]
    interval: tuple[float, float] | None


def confidence_of(document: Document) -> int:
    return round(100 * float((document.get("settings") or {}).get("confidence") or 0.95))


def assessment_story(document: Document, words: Words) -> Story:
    t, names = words.text, Names(document, words)
    target = target_of(document)
    around = (document.get("index_interval") or {}).get(target)
    interval = (around["low"], around["high"]) if around else None
    sentences = [_standing(document, words, names, target), _drivers(document, words, names, target),
                 _first_step(document, words, names, target)]  # fmt: skip
    subtitle = t(
        _("Model %(model)s, %(count)s answers"),
        model=words.label(document["model"].get("label"), document["model"]["name"]),
        count=f"{document['n']:,}",
    )
    return Story(
        t(_("Satisfaction index report")), subtitle, [s for s in sentences if s], document["index"].get(target), 1,
        t(_("Index of %(factor)s"), factor=names.factor(target)), (0.0, 100.0), interval,
    )  # fmt: skip


def target_of(document: Document) -> str:
    """The factor that the map is about, else the last of the model."""
    target = (document.get("importance_performance") or {}).get("target")
    return str(target or document["model"]["constructs"][-1]["name"])


def _standing(document: Document, words: Words, names: Names, target: str) -> str:
    index, around = document["index"].get(target), (document.get("index_interval") or {}).get(target)
    values = {"factor": names.factor(target), "index": number(index, 1), "count": f"{document['n']:,}"}
    if index is None:
        why = refusal((document.get("index_refused") or {}).get(target, ""), words)
        return words.text(_("%(factor)s has no index, because %(why)s."), factor=values["factor"], why=why)
    if not around:
        return words.text(_("%(factor)s stands at %(index)s of 100, from %(count)s answers."), **values)
    low, high = number(around["low"], 1), number(around["high"], 1)
    message = _("%(factor)s stands at %(index)s of 100 (%(confidence)s %% interval %(low)s to %(high)s), "
                "from %(count)s answers.")  # fmt: skip
    return words.text(message, **values, low=low, high=high, confidence=confidence_of(document))


def _drivers(document: Document, words: Words, names: Names, target: str) -> str:
    effects = [row for row in document.get("total_effects") or [] if row["to"] == target]
    effects.sort(key=lambda row: -abs(row["estimate"]))
    if not effects:
        return ""
    first = {
        "factor": names.factor(target),
        "first": names.factor(effects[0]["from"]),
        "effect": number(effects[0]["estimate"], 2),
    }
    if len(effects) == 1:
        return words.text(_("%(factor)s depends on %(first)s (total effect %(effect)s)."), **first)
    second = {"second": names.factor(effects[1]["from"]), "other": number(effects[1]["estimate"], 2)}
    message = _(
        "%(factor)s depends most on %(first)s (total effect %(effect)s), then on %(second)s (%(other)s)."
    )
    return words.text(message, **first, **second)


def _first_step(document: Document, words: Words, names: Names, target: str) -> str:
    priorities = (document.get("importance_performance") or {}).get("priorities") or []
    if not priorities:
        return ""
    row = priorities[0]
    values: dict[str, Any] = {
        "item": names.item_in_full(row["name"]),
        "factor": names.factor(row["construct"]),
    }
    values |= {"target": names.factor(target), "gain": number(row["gain"], 1)}
    if row.get("low") is None:
        message = _(
            "Start with %(item)s in %(factor)s: one point more on its scale lifts %(target)s by %(gain)s."
        )
        return words.text(message, **values)
    message = _("Start with %(item)s in %(factor)s: one point more on its scale lifts %(target)s by %(gain)s "
                "(%(low)s to %(high)s).")  # fmt: skip
    return words.text(message, **values, low=number(row["low"], 1), high=number(row["high"], 1))


def gap_story(document: Document, words: Words) -> Story:
    t, names, overall = words.text, Names(document, words), document.get("unweighted") or {}
    instrument, alone = document["instrument"], is_perception_only(document)
    low, high = float(instrument["minimum"]), float(instrument["maximum"])
    sentences = [
        _overall(document, words, alone),
        _lowest(document, words, names, alone),
        _lowest_item(document, words, names, alone),
    ]
    interval = (overall["low"], overall["high"]) if overall.get("low") is not None else None
    name = words.label(instrument.get("label"), instrument["name"])
    subtitle = t(_("Instrument %(name)s, %(count)s answers"), name=name, count=f"{document['n']:,}")
    about = t(_("Overall perception")) if alone else t(_("Overall gap, perception minus expectation"))
    scale = (low, high) if alone else ((low - high) / 2, (high - low) / 2)
    title = t(_("Service quality report")) if alone else t(_("Service quality gap report"))
    said = [sentence for sentence in sentences if sentence]
    return Story(title, subtitle, said, overall.get("estimate"), 2, about, scale, interval)


def _overall(document: Document, words: Words, alone: bool) -> str:
    overall, instrument = document.get("unweighted") or {}, document["instrument"]
    if overall.get("estimate") is None:
        return ""
    scale = f"{number(instrument['minimum'], 0)}–{number(instrument['maximum'], 0)}"
    if alone:
        message = _("Customers rate the service %(gap)s on the scale %(scale)s%(interval)s.")
    elif overall["estimate"] < 0:
        message = _(
            "Service falls short of what customers expect by %(gap)s points on the scale %(scale)s%(interval)s."
        )
    else:
        message = _(
            "Service is above what customers expect by %(gap)s points on the scale %(scale)s%(interval)s."
        )
    gap = number(overall["estimate"] if alone else abs(overall["estimate"]), 2)
    return words.text(message, gap=gap, scale=scale, interval=_within(overall, words, alone))


def _within(row: Any, words: Words, alone: bool) -> str:
    if row.get("low") is None:
        return ""
    message = _(" (%(low)s to %(high)s)") if alone else _(" (gap %(low)s to %(high)s)")
    return words.text(message, low=number(row["low"], 2), high=number(row["high"], 2))


def _lowest(document: Document, words: Words, names: Names, alone: bool) -> str:
    known = [d for d in document["dimensions"] if value_of(d) is not None]
    if not known:
        return ""
    worst = min(known, key=lambda d: value_of(d) or 0.0)
    if alone:
        message = _("The lowest dimension is %(dimension)s: %(value)s.")
        return words.text(
            message, dimension=names.factor(worst["code"]), value=number(worst["perception"], 2)
        )
    message = _(
        "The lowest gap is in %(dimension)s: %(gap)s; customers expect %(expectation)s and see %(perception)s."
    )
    values = {key: number(worst[key], 2) for key in ("gap", "expectation", "perception")}
    return words.text(message, dimension=names.factor(worst["code"]), **values)


def _lowest_item(document: Document, words: Words, names: Names, alone: bool) -> str:
    known = [i for i in document.get("items") or [] if value_of(i) is not None]
    if not known:
        return ""
    worst = min(known, key=lambda i: value_of(i) or 0.0)
    values = {"item": names.item_in_full(worst["item"]), "gap": number(value_of(worst), 2)}
    if alone:
        message = _("Start with item %(item)s of %(dimension)s: it is rated %(gap)s.")
    else:
        message = _("Start with item %(item)s of %(dimension)s: its gap is %(gap)s.")
    return words.text(message, dimension=names.factor(worst["dimension"]), **values)
