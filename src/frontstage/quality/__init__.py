"""Service quality as customers see it: expectation, perception and the gap between, by dimension, with intervals.

It owns the reading of survey answers through measure.gaps; the answers themselves belong to surveys.
"""
