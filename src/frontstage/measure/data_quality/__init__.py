"""Whether answers can carry a conclusion: each doubt is a rule that reports, and that can be switched.

A rule names the rows and items that it doubts; it changes nothing. What its action says (leave the rows out,
only warn, refuse the whole) is done by the caller through ``QualityReport.kept`` and ``require``.
"""

from frontstage.measure.data_quality.checking import check_quality
from frontstage.measure.data_quality.enough import answers_needed, require_enough
from frontstage.measure.data_quality.report import Finding, QualityReport
from frontstage.measure.data_quality.rules import RULES, SAMPLE_RULES, QualityRules

__all__ = [
    "RULES",
    "SAMPLE_RULES",
    "Finding",
    "QualityReport",
    "QualityRules",
    "answers_needed",
    "check_quality",
    "require_enough",
]
