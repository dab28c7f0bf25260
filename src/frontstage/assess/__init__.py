"""Assessment of a data file against a model: the command's side of the science.

It owns files: reading tables and model files, the engines that turn a table into moments, the summary and
the reports. It leaves every formula to ``frontstage.measure``, and knows no Django, no database and no page.
"""
