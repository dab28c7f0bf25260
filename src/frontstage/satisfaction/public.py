"""The door to satisfaction."""

from frontstage.satisfaction.actions import compute_now, install_index
from frontstage.satisfaction.models import IndexRun, IndexTree
from frontstage.satisfaction.queries import Scope, newest_run, trees, visible_to
from frontstage.satisfaction.rules import FACTORS, TARGET, Figure, figures_of, may_be_shown

__all__ = [
    "FACTORS",
    "TARGET",
    "Figure",
    "IndexRun",
    "IndexTree",
    "Scope",
    "compute_now",
    "figures_of",
    "install_index",
    "may_be_shown",
    "newest_run",
    "trees",
    "visible_to",
]
