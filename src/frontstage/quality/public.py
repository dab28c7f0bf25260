"""The door to quality."""

from frontstage.quality.queries import dimension_summary, gaps_of, points_of, trend_of

__all__ = ["dimension_summary", "gaps_of", "points_of", "trend_of"]
