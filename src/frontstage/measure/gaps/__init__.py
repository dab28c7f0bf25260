"""Service quality as perception minus expectation: SERVQUAL, Grönroos's criteria, any instrument of pairs.

The sign is kept throughout: a larger P - E is better, whatever its absolute size.
"""

from frontstage.measure.gaps.combining import check_allocation, combine_gaps, mean_allocation
from frontstage.measure.gaps.comparison import GapComparison, GapDifference, compare_gaps
from frontstage.measure.gaps.groups import (
    AnyDifference,
    compare_groups,
    compare_groups_everywhere,
    groups_differ,
)
from frontstage.measure.gaps.instruments import GapInstrument, servqual_instrument, six_criteria_instrument
from frontstage.measure.gaps.performance import PerformanceResult, measure_performance
from frontstage.measure.gaps.results import DimensionGap, GapResult, PairSums, gaps_from_sums
from frontstage.measure.gaps.scoring import measure_gaps
from frontstage.measure.gaps.states import STATES, classify, count_states

__all__ = [
    "STATES",
    "AnyDifference",
    "DimensionGap",
    "GapComparison",
    "GapDifference",
    "GapInstrument",
    "GapResult",
    "PairSums",
    "PerformanceResult",
    "check_allocation",
    "classify",
    "combine_gaps",
    "compare_gaps",
    "compare_groups",
    "compare_groups_everywhere",
    "count_states",
    "gaps_from_sums",
    "groups_differ",
    "mean_allocation",
    "measure_gaps",
    "measure_performance",
    "servqual_instrument",
    "six_criteria_instrument",
]
