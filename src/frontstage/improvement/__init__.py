"""Improvement that is proven: initiatives as plan, do, check, act, opened from a finding, closed by re-measurement.

It owns Initiative and its actions; the figures before and after come from quality.
"""
