"""Makes Frontstage a gas company's, a bank's or an IT department's: reads, checks and applies charter files.

It owns CharterEdition and the shipped files in library/; what a charter declares is installed through the public
doors of the modules that it concerns.
"""
