"""The customer satisfaction index: its tree from index to question, its model runs, and what to do first.

It owns IndexTree and IndexRun. The figures are those of ``frontstage assess`` on the answers that surveys keeps;
whoever reads a stored run can make it again with the one command that stands beside it.
"""
