"""Mounts the house: settings, addresses, the web and live processes, and the lists that join module to module.

It decides nothing. What reacts to what stands in composition.py, what may be configured in environment.py.
"""
