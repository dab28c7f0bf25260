"""Refusals in the reader's language: one message for each code, filled from the error's details."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from frontstage.assess.mistake_words import MISTAKES
from frontstage.assess.words import Words, _, plain
from frontstage.measure.errors import MeasureError

# code -> messages, the most telling first: the first one whose places the details can fill is taken
ERRORS: dict[str, tuple[str, ...]] = {
    "bca_needs_rows": (_("Accelerated intervals need the rows themselves: ask for percentile intervals."),),
    "broken_quotes": (_("%(file)s, row %(row)s: the cells cannot be parted. Close the quotation mark that is open."),),
    "cannot_write": (_("%(file)s cannot be written. Choose a folder where you may write."),),
    "columns_differ": (_("%(file)s has no column “%(column)s”, which another file of the folder has."),),
    "complete_rows": (_("Two or more complete rows are needed: collect more answers."),),
    "constant_item": (_("Every answer to %(names)s is the same or missing: leave it out of the model."),),
    "date_in_number_column": (
        _("%(file)s, row %(row)s, column “%(column)s”: %(value)s is a date, not a number. A spreadsheet may have "
          "turned an answer like 1-2 into a date: correct the cell."),
    ),
    "decimal_comma": (
        _("%(file)s, row %(row)s, column “%(column)s”: “%(value)s” has a comma for its decimal point. Export the "
          "file with decimal points."),
    ),
    "duplicate_column": (
        _("%(file)s: columns %(first)s and %(second)s are both named “%(column)s”. Give each its own name."),
    ),
    "duplicate_ids": (_("%(count)s of %(n)s respondents answered a second time. Correct the data, or set the rule to leave_out."),),
    "duplicates": (_("%(count)s of %(n)s rows repeat an earlier row in every answer. Correct the data, or set the rule to "
          "leave_out."),),
    "empty_file": (
        _("The first sheet of %(file)s, “%(sheet)s”, is empty. Move the table there, or put its sheet first."),
        _("%(file)s is empty. Export it again, with its column names."),
    ),
    "empty_item": (_("Nobody answered %(names)s: leave it out of the model."),),
    "engine_format": (_("The engine %(engine)s cannot read %(file)s: use --engine local, or save it as Parquet."),),
    "engine_missing": (_("The engine %(engine)s cannot start here: use --engine local or duckdb."),),
    "engine_pairwise": (_("The engine %(engine)s cannot resample with pairwise treatment: use mean or listwise."),),
    "engine_unknown": (_("There is no engine “%(engine)s”."),),
    "engine_without_rows": (
        _("%(options)s needs the rows themselves, and the engine %(engine)s keeps only moments: use --engine local."),
    ),
    "few_answers": (_("%(count)s of %(n)s respondents left too many items unanswered. Correct the data, or set the rule to "
          "leave_out."),),
    "file_missing": (_("There is no file %(file)s. Did you mean %(suggestion)s?"), _("There is no file %(file)s.")),
    "formula_without_value": (
        _("%(file)s, row %(row)s, column “%(column)s”: a formula without its result. Open the file in a spreadsheet "
          "program and save it."),
    ),
    "gaps_too_large": (_("%(file)s is too large to lie in memory at once: measure a random part of the rows."),),
    "glob_not_parquet": (_("%(pattern)s fits several files, and not all are Parquet: name one file."),),
    "group_levels": (
        _("Column %(column)s has %(count)s different values; 2 to %(most)s can be compared. Name a column with a few "
          "groups."),
    ),
    "group_without_solution": (_("One of the groups has no solution of its own: an item may not vary in it."),),
    "impossible_pairwise": (_("Too much is missing for the pairwise treatment: use mean or listwise."),),
    "impossible_values": (_("%(count)s of %(n)s rows have values that the scale does not have; the first is %(value)s in row %(row)s, "
          "item %(item)s. Correct the data, or set the rule to leave_out."),),
    "infinite": (_("Row %(row)s, item %(item)s: the value is infinite. Correct it."),),
    "inseparable_causes": (
        _("The causes of %(construct)s, %(names)s, determine each other: their paths cannot be told apart. Leave one "
          "of them out, or join those that say the same."),
    ),
    "inseparable_items": (
        _("The items of %(construct)s (%(names)s) determine each other: mode B cannot tell them apart. Leave one of "
          "them out, or use mode A."),
    ),
    "instrument_encoding": (_("%(file)s is not UTF-8 text. Save the instrument file as UTF-8."),),
    "instrument_missing": (
        _("“%(instrument)s” is neither a shipped instrument nor a file. Did you mean %(suggestion)s? Shipped: %(shipped)s."),
        _("“%(instrument)s” is neither a shipped instrument nor a file. Shipped: %(shipped)s."),),
    "instrument_too_large": (_("%(file)s is too large for an instrument. Check that this is the instrument file."),),
    "line_too_long": (
        _("%(file)s, line %(row)s, is longer than %(limit)s characters. Export it with one row on each line."),
    ),
    "little_variance": (_("%(count)s of %(n)s items have nearly one and the same answer throughout: %(items)s. Leave them out of the "
          "model, or set the rule to warn."),),
    "model_encoding": (_("%(file)s is not UTF-8 text. Save the model file as UTF-8."),),
    "model_missing": (
        _("“%(model)s” is neither a shipped model nor a file. Did you mean %(suggestion)s? Shipped: %(shipped)s."),
        _("“%(model)s” is neither a shipped model nor a file. Shipped: %(shipped)s."),
    ),
    "model_too_large": (_("%(file)s is too large for a model. Check that this is the model file."),),
    "no_expectations": (_("%(file)s has perceptions but no expectations: there is no column “%(column)s” or any other. Use "
          "--perception-only, or name the columns of the expectations in the instrument."),),
    "no_pairs": (_("None of the %(read)s rows has an answer that counts: a pair needs its expectation and its perception. Look at "
          "the missing values and codes, and at the rules of data quality."),),
    "no_parquet": (_("The folder %(file)s holds no Parquet files."),),
    "no_rows": (_("%(file)s has column names but no rows. Export it again with its rows."),),
    "no_usable_rows": (
        _("None of the %(read)s rows can be used: look at the missing values and the rules of data quality."),
    ),
    "not_a_file": (_("%(file)s is a pipe or a device, not a file. Write the data into a file first, then name that file."),),
    "not_a_number": (
        _("%(file)s, row %(row)s, column “%(column)s”: “%(value)s” is not a number. Correct the cell, empty it, or "
          "leave this column out of the model."),
    ),
    "not_converged": (_("The weights have not settled after %(rounds)s rounds: look for items that say the same."),),
    "not_text": (_("%(file)s is not a text file. Give a CSV, TSV, XLSX, SAV or Parquet file with its own ending."),),
    "off_scale": (
        _("%(file)s, row %(row)s, column “%(column)s”: %(value)s is off the scale from %(minimum)s to %(maximum)s. "
          "Correct it, declare it as a missing code, or set off_scale: missing in the model or instrument file."),
        _("Row %(row)s, item %(item)s: the answer is off the scale. Correct it, or give it as missing."),
    ),
    "output_is_input": (_("%(file)s is what is read: writing would destroy it. Give the output another name."),),
    "output_twice": (_("%(file)s is named twice: one output would replace the other. Give each its own name."),),
    "ragged_row": (_("%(file)s, row %(row)s, has %(cells)s cells; the header has %(expected)s."),),
    "replicates_fail": (
        _("Only %(usable)s of %(asked)s replicates have a solution: the data are too few, or too much alike."),
    ),
    "report_ending": (_("%(file)s: a report ends in one of %(known)s."),),
    "respondent_weights": (
        _("%(file)s, row %(row)s, column “%(column)s”: the weight %(value)s is below 0 or of no reasonable size."),
        _("%(file)s, row %(row)s, column “%(column)s”: the weight is missing. Give every row a weight of 0 or more."),
        _("%(file)s, column “%(column)s”: a weight is missing, below 0 or of no reasonable size. Give every row a "
          "weight of 0 or more."),
    ),
    "small_group": (_("Groups of %(first)s and %(second)s are too small to compare: use groups of ten or more."),),
    "speeding": (_("%(count)s of %(n)s respondents answered too fast. Correct the data, or set the rule to leave_out."),),
    "straight_lining": (_("%(count)s of %(n)s respondents gave one and the same answer throughout. Correct the data, or set the rule "
          "to leave_out."),),
    "thousands_separator": (
        _("%(file)s, row %(row)s, column “%(column)s”: “%(value)s” has separators between its digits. Write the "
          "number without them."),
    ),
    "too_few_answers": (
        _("%(n)s answers are too few for this model: %(needed)s are needed to see paths of %(smallest_path)s. "
          "Collect more, or state that only larger paths matter."),
    ),
    "too_few_groups": (_("There are fewer than two groups to compare: name another column."),),
    "too_few_rows": (_("%(n)s rows are too few to compute with: this model needs %(needed)s or more."),),
    "too_large_for_memory": (_("%(file)s is too large to lie in memory at once: use --engine duckdb."),),
    "unknown_column": (
        _("%(file)s has no column %(columns)s. Its first row holds “%(heading)s” alone: delete the rows above the "
          "names of the columns."),
        _("%(file)s has no column %(columns)s. Did you mean %(suggestions)s? Its columns are: %(known)s."),
        _("%(file)s has no column %(columns)s. Its columns are: %(known)s."),
        _("%(file)s has no column “%(column)s”."),
    ),
    "unknown_encoding": (_("“%(encoding)s” is not the name of an encoding. Use utf-8, gb18030, big5 or cp1252."),),
    "unknown_format": (_("%(file)s cannot be read here. Save it as CSV, TSV, XLSX, SAV or Parquet."),),
    "unknown_item": (_("There are no data of %(names)s: correct the names in the model."),),
    "unreadable_file": (_("%(file)s cannot be read. Save it again from the program that made it."),),
    "weight_value": (
        _("Column %(column)s: %(count)s weights are missing or negative, the first in answer %(row)s. Give every row "
          "a weight of 0 or more."),
    ),
    "workbook_too_large": (_("%(file)s unfolds to more than a workbook should hold. Export it as CSV."),),
    "wrong_encoding": (
        _("%(file)s is not text in %(encoding)s. Save it as UTF-8, or give its encoding, such as --encoding "
          "%(suggestion)s."),
        _("%(file)s is not text in %(encoding)s. Save it as UTF-8, or name its encoding with --encoding."),
    ),
    "wrong_extension": (_("%(file)s ends in %(ending)s, but its content is that of a %(right)s file: rename it."),),
}  # fmt: skip
# Refusals of a whole file, with a list of mistakes.
YAML_FILES = ("instrument_file", "model_file")
MODEL_PLACE = _("%(file)s, line %(line)s: %(problem)s")


def explain(error: MeasureError, words: Words) -> str:
    """The refusal for a reader: in English as it was said, else translated where the catalogue has it."""
    if words.lang == "en":
        return str(error)
    if error.code in YAML_FILES and error.details.get("problems"):
        return "\n".join(_problem(problem, error, words) for problem in error.details["problems"])
    return _filled(ERRORS.get(error.code, ()), error.details, words) or str(error)


def _problem(problem: Mapping[str, Any], error: MeasureError, words: Words) -> str:
    said = _filled(MISTAKES.get(problem["code"], ()), problem.get("values") or {}, words)
    text = said or f"{problem['message']} {problem['remedy']}".strip()
    return words.text(MODEL_PLACE, file=error.details.get("file", ""), line=problem["line"], problem=text)


def _filled(messages: Iterable[str], details: Mapping[str, Any], words: Words) -> str:
    shown = {key: _shown(value, words) for key, value in details.items() if value not in (None, "", [], ())}
    for message in messages:
        try:
            # Without any detail the message has no places: text() then leaves it as it is.
            return words.text(message, **(shown or {"": ""}))
        except KeyError:
            continue
    return ""


def _shown(value: Any, words: Words) -> str:
    if isinstance(value, Mapping):
        return words.listing([_shown(one, words) for one in value.values()])
    if isinstance(value, list | tuple):
        return words.listing([_shown(one, words) for one in value])
    return plain(value) if isinstance(value, int | float) and not isinstance(value, bool) else str(value)
