"""The parts of tests/check.py that are our own: each is run by itself and ends with 1 when something is
wrong."""
