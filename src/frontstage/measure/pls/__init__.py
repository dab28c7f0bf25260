"""Path models by partial least squares: constructs, their indices, what drives them, and how sure one may be.

It sees data through their moments alone, so the same code serves a spreadsheet and a cluster.
"""

from frontstage.measure.pls.estimation import Estimate, estimate
from frontstage.measure.pls.fixed_point import Stopping
from frontstage.measure.pls.model import Construct, PathModel

__all__ = ["Construct", "Estimate", "PathModel", "Stopping", "estimate"]
