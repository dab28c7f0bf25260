"""Every figure that the documentation states, each with the one command that measures it again.

``python -m benchmarks`` runs all and writes docs/explanation/figures.md; ``python -m benchmarks.NAME`` runs one.
"""
