"""Spreadsheets and data files as one kind of table, read in batches of bounded size."""

from frontstage.assess.reading.opening import open_table
from frontstage.assess.reading.table import Batch, Table

__all__ = ["Batch", "Table", "open_table"]
