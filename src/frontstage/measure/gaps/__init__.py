"""Service quality as perception minus expectation: SERVQUAL, Grönroos's criteria, any instrument of pairs.

The sign is kept throughout: a larger P - E is better, whatever its absolute size.
"""

from frontstage.measure.gaps.combining import check_allocation, combine_gaps
from frontstage.measure.gaps.scoring import DimensionGap, GapResult, PairSums, gaps_from_sums, measure_gaps
from frontstage.measure.gaps.instruments import GapInstrument, servqual_instrument, six_criteria_instrument

__all__ = [
    "DimensionGap",
    "GapInstrument",
    "GapResult",
    "PairSums",
    "check_allocation",
    "combine_gaps",
    "gaps_from_sums",
    "measure_gaps",
    "servqual_instrument",
    "six_criteria_instrument",
]
