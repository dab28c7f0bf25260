"""An instrument as the SurveyJS form library reads it: a dimension a page, big numbers, both ends in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from frontstage.foundation.bilingual import in_language
from frontstage.surveys.models import Instrument, Item
from frontstage.surveys.rules import EXPECTATION, LONGEST_TEXT, PERCEPTION


def survey_model(instrument: Instrument, items: Sequence[Item]) -> dict[str, Any]:
    """The SurveyJS model in the reader's language."""
    pages, placed = [], set()
    for dimension in instrument.dimensions:
        mine = [item for item in items if item.dimension == dimension["code"]]
        if mine:
            placed |= {item.code for item in mine}
            elements = [element for item in mine for element in _elements(instrument, item)]
            pages.append({"name": dimension["code"], "elements": elements})
    others = [item for item in items if item.code not in placed]
    if others:
        pages.append({"name": "closing", "elements": [_single(instrument, item) for item in others]})
    return {
        "showProgressBar": True,
        "progressBarLocation": "top",
        "showQuestionNumbers": "off",
        "checkErrorsMode": "onNextPage",
        "completeText": _("Send my answers"),
        "pageNextText": _("Next"),
        "pagePrevText": _("Back"),
        "pages": pages,
    }


def _elements(instrument: Instrument, item: Item) -> list[dict[str, Any]]:
    return _pair(instrument, item) if item.kind == Item.Kind.PAIRED else [_single(instrument, item)]


def _pair(instrument: Instrument, item: Item) -> list[dict[str, Any]]:
    """What an excellent provider should give, and what we gave: two ratings, one below the other."""
    return [
        _rating(
            instrument,
            item,
            item.code + EXPECTATION,
            in_language(item.expectation_text),
            instrument.expectation_ends,
        ),
        _rating(instrument, item, item.code + PERCEPTION, in_language(item.text), instrument.perception_ends),
    ]


def _rating(
    instrument: Instrument, item: Item, name: str, title: str, ends: dict[str, dict[str, str]]
) -> dict[str, Any]:
    return {
        "type": "rating",
        "name": name,
        "title": title,
        "isRequired": item.required,
        "rateMin": instrument.minimum,
        "rateMax": instrument.maximum,
        "rateCount": instrument.maximum - instrument.minimum + 1,
        "displayMode": "buttons",
        "minRateDescription": in_language(ends.get("low")),
        "maxRateDescription": in_language(ends.get("high")),
    }


def _single(instrument: Instrument, item: Item) -> dict[str, Any]:
    if item.kind == Item.Kind.RATING and item.dimension:
        # An instrument of ratings alone asks for agreement: the words of its own ends.
        return _rating(instrument, item, item.code, in_language(item.text), instrument.perception_ends)
    if item.kind == Item.Kind.RATING:
        ends = {
            "low": {"en": "Very dissatisfied", "zh": "非常不满意"},
            "high": {"en": "Very satisfied", "zh": "非常满意"},
        }
        return _rating(instrument, item, item.code, in_language(item.text), ends)
    return {
        "type": "comment",
        "name": item.code,
        "title": in_language(item.text),
        "isRequired": item.required,
        "maxLength": LONGEST_TEXT,
        "autoGrow": True,
    }
