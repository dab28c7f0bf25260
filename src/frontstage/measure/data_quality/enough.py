"""How many answers a model needs before its paths can be seen at all.

Inverse square root rule: n > (2.48/|b_min|)² finds a path of size b_min with power 0.8 at α = 0.05.
Source: Kock & Hadaya (2018), Information Systems Journal 28. The "ten times" rule is not used.
"""

from __future__ import annotations

import math

from scipy import stats

from frontstage.measure.errors import MeasureError


def answers_needed(smallest_path: float, power: float = 0.8, alpha: float = 0.05) -> int:
    """The least n above ((z_{1−α} + z_power)/|b_min|)²; for b_min = .2 it is 155 (with 2.486; 154 with 2.48).

    The rule's own constant 2.48 (a rounded 2.4865) is used for its own α and power, so that tables agree.
    """
    if not (0 < power < 1 and 0 < alpha < 1):
        raise MeasureError("power", "The power and α lie between 0 and 1.", "Use 0.8 and 0.05.")
    if not 0 < abs(smallest_path) <= 1:
        raise MeasureError(
            "smallest_path",
            f"A smallest path of {smallest_path} is not in (0, 1].",
            "Give the least that matters.",
        )
    published = math.isclose(power, 0.8) and math.isclose(alpha, 0.05)
    reach = 2.48 if published else float(stats.norm.ppf(1 - alpha) + stats.norm.ppf(power))
    return math.floor((reach / abs(smallest_path)) ** 2 + 1e-9) + 1


def require_enough(n: int, smallest_path: float = 0.2, at_least: int = 2) -> int:
    """Refuse ``n`` answers when the model needs more; gives the number needed.

    ``smallest_path`` is the smallest standardised path that must not be missed; ``at_least`` is what the
    model needs to be computed at all (more rows than the items of its largest regression).
    """
    needed = max(answers_needed(smallest_path), at_least)
    if n < needed:
        raise MeasureError(
            "too_few_answers",
            f"{n} answers are too few for this model: {needed} are needed to see paths of {smallest_path:g}.",
            f"Collect {needed - n} more, or state that only larger paths matter.",
            n=n,
            needed=needed,
            smallest_path=smallest_path,
        )
    return needed
