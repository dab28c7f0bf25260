"""Times in words, in both languages."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import translation

from frontstage.web.wording import absolute_words, duration_words, relative_words

NOW = dt.datetime(2026, 11, 23, 4, 0, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("seconds", "english", "chinese"),
    [
        (0, "0 s", "0 秒"),
        (59, "59 s", "59 秒"),
        (60, "1 min", "1 分钟"),
        (3600, "1 h", "1 小时"),
        (7500, "2 h 5 min", "2 小时 5 分"),
        (86400, "1 d", "1 天"),
        (93600, "1 d 2 h", "1 天 2 小时"),
        (-7500, "2 h 5 min", "2 小时 5 分"),
    ],
)
def test_a_length_of_time_is_said_in_two_units_at_most(seconds: int, english: str, chinese: str) -> None:
    length = dt.timedelta(seconds=seconds)
    with translation.override("en"):
        assert duration_words(length) == english
    with translation.override("zh-hans"):
        assert duration_words(length) == chinese


@pytest.mark.parametrize(
    ("ago", "english", "chinese"),
    [
        (dt.timedelta(seconds=30), "just now", "刚刚"),
        (dt.timedelta(minutes=1), "1 minute ago", "1 分钟前"),
        (dt.timedelta(hours=3), "3 hours ago", "3 小时前"),
        (dt.timedelta(days=-2), "in 2 days", "2 天后"),
    ],
)
def test_a_moment_is_said_by_its_distance(ago: dt.timedelta, english: str, chinese: str) -> None:
    with translation.override("en"):
        assert relative_words(NOW - ago, now=NOW) == english
    with translation.override("zh-hans"):
        assert relative_words(NOW - ago, now=NOW) == chinese


def test_a_moment_beyond_a_week_is_said_by_its_date_in_the_order_of_the_language() -> None:
    long_ago = NOW - dt.timedelta(days=8)
    with translation.override("en"):
        assert relative_words(long_ago, now=NOW) == "Nov. 15, 2026"
    with translation.override("zh-hans"):
        assert relative_words(long_ago, now=NOW) == "2026年11月15日"
        assert absolute_words(long_ago) == "2026年11月15日 12:00"
