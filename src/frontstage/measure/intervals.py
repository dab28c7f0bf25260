"""Intervals for means, differences of means and proportions."""

from __future__ import annotations

import math
from dataclasses import dataclass

from scipy import stats

from frontstage.measure.errors import MeasureError


@dataclass(frozen=True)
class Interval:
    """An estimate with its confidence limits; limits are None where too few values (n < 2) give none."""

    estimate: float
    low: float | None
    high: float | None
    n: int

    @property
    def excludes_zero(self) -> bool:
        """Whether zero lies outside: the sign of the estimate is proven at the interval's confidence."""
        return self.low is not None and self.high is not None and (self.low > 0 or self.high < 0)


@dataclass(frozen=True)
class Summary:
    """What a mean and its interval need of the values: their number, sum and sum of squares."""

    n: int
    total: float
    squares: float

    @property
    def mean(self) -> float:
        return self.total / self.n

    @property
    def variance(self) -> float:
        """The sample variance (n - 1); what is only rounding (a relative 1e-13) counts as no variance."""
        around = self.squares - self.total**2 / self.n
        return around / (self.n - 1) if around > 1e-13 * self.squares else 0.0

    def __add__(self, other: Summary) -> Summary:
        return Summary(self.n + other.n, self.total + other.total, self.squares + other.squares)


def check_confidence(confidence: float) -> float:
    """The confidence itself, between 0 and 1; MeasureError otherwise."""
    if not 0 < confidence < 1:
        raise MeasureError("confidence", f"The confidence {confidence} is not a share.", "Give 95 % as 0.95.")
    return confidence


def normal_quantile(confidence: float) -> float:
    """z of a two-sided interval: 1.96 for 0.95."""
    return float(stats.norm.ppf((1 + check_confidence(confidence)) / 2))


def _check_summary(values: Summary) -> None:
    if values.n < 0 or not math.isfinite(values.total) or not math.isfinite(values.squares):
        raise MeasureError(
            "not_finite", "The sums of the values are not known numbers.", "Leave missing answers out first."
        )


def mean_interval(values: Summary, confidence: float = 0.95) -> Interval | None:
    """Student's interval of a mean: mean ± t(n-1) s/√n. None without values. Source: Student (1908)."""
    check_confidence(confidence)
    _check_summary(values)
    if values.n == 0:
        return None
    if values.n == 1:
        return Interval(values.mean, None, None, 1)
    half = float(stats.t.ppf((1 + confidence) / 2, values.n - 1)) * math.sqrt(values.variance / values.n)
    return Interval(values.mean, values.mean - half, values.mean + half, values.n)


@dataclass(frozen=True)
class Difference(Interval):
    """The difference of two means, second minus first, with Welch's two-sided p."""

    p: float | None = None


def difference_of_means(first: Summary, second: Summary, confidence: float = 0.95) -> Difference | None:
    """Second mean minus first with Welch's interval and test; None without values on both sides.

    Unequal variances, degrees of freedom after Satterthwaite. Source: Welch (1947), Biometrika 34.
    """
    check_confidence(confidence)
    _check_summary(first)
    _check_summary(second)
    if not first.n or not second.n:
        return None
    estimate = second.mean - first.mean
    if first.n < 2 or second.n < 2:
        return Difference(estimate, None, None, first.n + second.n)
    one, other = first.variance / first.n, second.variance / second.n
    error = math.sqrt(one + other)
    if error == 0:
        return Difference(estimate, estimate, estimate, first.n + second.n, 1.0 if estimate == 0 else 0.0)
    freedom = (one + other) ** 2 / (one**2 / (first.n - 1) + other**2 / (second.n - 1))
    half = float(stats.t.ppf((1 + confidence) / 2, freedom)) * error
    p = float(2 * stats.t.sf(abs(estimate) / error, freedom))
    return Difference(estimate, estimate - half, estimate + half, first.n + second.n, p)


def proportion_interval(kept: int, n: int, confidence: float = 0.95) -> Interval | None:
    """Wilson's score interval of a proportion; None without trials. Source: Wilson (1927), JASA 22."""
    z = normal_quantile(confidence)
    if not 0 <= kept <= n:
        raise MeasureError("counts", f"{kept} of {n} is no share.", "Correct the counts.", kept=kept, n=n)
    if n == 0:
        return None
    share = kept / n
    centre = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return Interval(share, max(centre - half, 0.0), min(centre + half, 1.0), n)
