"""Numbers from outside: read as an array, or refused with what is wrong."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from frontstage.measure.errors import MeasureError

Values = NDArray[np.float64]


def as_numbers(
    values: ArrayLike,
    what: str,
    dimensions: int | None = None,
    *,
    holes: bool = True,
    infinite: bool = False,
    least: int = 0,
) -> Values:
    """A float array of ``values``; ``what`` names them in the refusal.

    ``holes`` allows nan (not answered), ``infinite`` infinity, which has no place elsewhere; ``least`` is how
    many values there must be. Raises MeasureError for text, ragged rows, another number of dimensions, too few.
    """
    try:
        x = np.asarray(values, float)
    except (TypeError, ValueError):
        raise MeasureError(
            "not_numbers", f"{what} must be numbers, in rows of one length.", "Correct the text.", what=what
        ) from None
    if dimensions is not None and x.ndim != dimensions:
        raise MeasureError(
            "dimensions",
            f"{what} must have {dimensions} dimensions, not {x.ndim}.",
            "Give one row a respondent." if dimensions == 2 else "Give one list.",
            what=what,
        )
    bad = np.isinf(x) if holes else ~np.isfinite(x)
    if bad.any() and not infinite:
        wanted = "finite" if holes else "known and finite"
        raise MeasureError("not_finite", f"{what} must be {wanted} numbers.", "Correct them.", what=what)
    if x.size < least:
        raise MeasureError(
            "too_few_values",
            f"{what}: {x.size} given, {least} needed.",
            "Collect more.",
            what=what,
            least=least,
        )
    return x
