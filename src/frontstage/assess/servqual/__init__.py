"""Gaps between what customers expect and what they see, from a data file and an instrument file."""

from frontstage.assess.servqual.analysis import servqual
from frontstage.assess.servqual.choices import GapChoices
from frontstage.assess.servqual.instrument_file import InstrumentFile, load_instrument, parse_instrument

__all__ = ["GapChoices", "InstrumentFile", "load_instrument", "parse_instrument", "servqual"]
