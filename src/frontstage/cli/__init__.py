"""The program ``frontstage``: everything that is done from a terminal, and the only place that starts
processes.

It owns its commands, their words and their exit codes; what they do to the organisation's data is other
modules' work.
"""

from frontstage.cli.program import main

__all__ = ["main"]
