"""Search text and queries that find Chinese."""

from __future__ import annotations

import pytest
from django.db import connection

from frontstage.foundation.searching import search_text, tsquery


def test_every_han_character_is_a_word_and_latin_is_lower_case() -> None:
    assert search_text("燃气泄漏 Gas LEAK", None, "A-12") == "燃 气 泄 漏 gas leak a-12"


def test_full_width_letters_and_digits_are_found_by_plain_ones() -> None:
    assert search_text("12号") == "12 号"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "asked", "found"),
    [
        ("厨房燃气泄漏", "燃气", True),
        ("厨房燃气泄漏", "气燃", False),
        ("厨房燃气泄漏 boiler", "泄漏 boil", True),
        ("厨房燃气泄漏", "厨房 热水器", False),
        ("it's odd: O'Brien & co | !", "o'brien", True),
    ],
)
def test_a_run_of_han_is_found_as_a_phrase(text: str, asked: str, found: bool) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT to_tsvector('simple', %s) @@ to_tsquery('simple', %s)",
            [search_text(text), tsquery(asked)],
        )
        assert cursor.fetchone() == (found,)


@pytest.mark.django_db
@pytest.mark.parametrize("asked", ["", "  ", "&|!():*<->'", "\\", "''", "%_", "\u0000"])
def test_nothing_that_is_typed_breaks_the_query(asked: str) -> None:
    query = tsquery(asked)
    if query:
        with connection.cursor() as cursor:
            cursor.execute("SELECT to_tsquery('simple', %s)", [query])
