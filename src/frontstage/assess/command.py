"""`frontstage assess` and `frontstage servqual`: from a data file to figures and reports."""

from __future__ import annotations

import json
import os
import shlex
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import MISSING, fields
from pathlib import Path
from typing import Any, TypeVar

import click

from frontstage.assess.analysis import assess as run_assessment
from frontstage.assess.choices import Choices
from frontstage.assess.error_words import explain
from frontstage.assess.output import check_outputs, console, progress, write_all
from frontstage.assess.report import render
from frontstage.assess.servqual import GapChoices
from frontstage.assess.servqual import servqual as run_servqual
from frontstage.assess.summary import print_summary
from frontstage.assess.words import Words, words
from frontstage.measure.data_quality import QualityRules
from frontstage.measure.errors import MeasureError

F = TypeVar("F", bound=Callable[..., Any])
RULES = tuple(QualityRules().actions)
ACTIONS = ("off", "warn", "leave_out", "refuse")


class BadData(click.ClickException):
    """What the data or the model do wrong, in the reader's language. Exit code 2; nothing was written."""

    exit_code = 2

    def show(self, file: Any = None) -> None:
        click.echo(f"frontstage: {self.message}", file=file, err=file is None)


def _rules(context: click.Context, parameter: click.Parameter, given: Sequence[str]) -> dict[str, str]:
    out = {}
    for text in given:
        rule, _, action = text.partition("=")
        if rule not in RULES or action not in ACTIONS:
            raise click.BadParameter(
                f"“{text}” should be RULE=ACTION, with one of the rules {', '.join(RULES)} "
                f"and one of the actions {', '.join(ACTIONS)}."
            )
        out[rule] = action
    return out


def _replicates(context: click.Context, parameter: click.Parameter, given: int) -> int:
    if given and not 100 <= given <= 100_000:
        raise click.BadParameter(f"{given} should be 0, or 100 to 100000.")
    return given


def _confidence(context: click.Context, parameter: click.Parameter, given: float) -> float:
    if not 0.5 <= given <= 0.999:  # nan too
        raise click.BadParameter(f"{given} should be 0.5 to 0.999.")
    return given


def _language() -> str:
    spoken = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return "zh" if spoken.lower().startswith("zh") else "en"


def _with_options(*options: Callable[[F], F]) -> Callable[[F], F]:
    def add(command: F) -> F:
        for option in reversed(options):
            command = option(command)
        return command

    return add


DATA = (
    click.option("--group", metavar="COLUMN", help="Compare the groups of this column."),
    click.option("--weights", metavar="COLUMN", help="Weights of the respondents, 0 or more."),
    click.option("--id", "identifier", metavar="COLUMN", help="Who answered: a second answer is left out."),
    click.option("--seconds", metavar="COLUMN", help="Time taken: answers given too fast are reported."),
    click.option("--encoding", metavar="NAME", help="Of a text file that is not UTF-8, such as gb18030."),
    click.option(
        "--rule", "rules", multiple=True, metavar="RULE=ACTION", callback=_rules,
        help=f"Switch a rule of data quality: {', '.join(ACTIONS)}. May be repeated.",
    ),
    click.option(
        "--confidence", type=float, default=0.95, show_default=True, callback=_confidence,
        help="Of all intervals.",
    ),
)  # fmt: skip
OUTPUT = (
    click.option("--json", "json_file", metavar="FILE", help="Write all results; - prints them and no summary."),
    click.option(
        "--report", "reports", multiple=True, metavar="FILE",
        help="Write a report: .html, .pdf or .xlsx by its ending. May be repeated.",
    ),
    click.option("--lang", type=click.Choice(["en", "zh"]), help="Language of summary, reports and errors."),
)  # fmt: skip


@click.command(
    "assess",
    epilog="""\b
Examples:
  frontstage assess answers.xlsx --model six-factor --report index.html
  frontstage assess answers.csv --model my-model.yaml --bootstrap 5000 --group region --json all.json
  frontstage assess 'answers/*.parquet' --model ecsi --engine duckdb --bootstrap 1000
\b
Exit codes: 0 done; 2 the data, the model or the options are wrong (nothing was written).""",
)
@click.argument("data")
@click.option("--model", required=True, help="A shipped model (ecsi, acsi, six-factor) or a YAML file.")
@click.option(
    "--bootstrap", type=int, default=0, show_default=True, metavar="N", callback=_replicates,
    help="Replicates for intervals and tests: 0 (none), or 100 to 100000. 5000 for publication.",
)  # fmt: skip
@click.option("--seed", type=click.IntRange(0), default=1, show_default=True, help="Of everything random.")
@click.option(
    "--interval", type=click.Choice(["percentile", "bias-corrected", "bca"]), default="percentile",
    show_default=True, help="Kind of bootstrap interval.",
)  # fmt: skip
@click.option(
    "--engine", type=click.Choice(["local", "duckdb", "spark"]), default="local", show_default=True,
    help="local: rows in memory, everything; duckdb, spark: any size, what moments can tell.",
)  # fmt: skip
@click.option(
    "--permutations", type=click.IntRange(100), default=1000, show_default=True, help="To compare groups."
)
@click.option(
    "--folds", type=click.IntRange(2), default=10, show_default=True, help="Of the cross-validation."
)
@click.option(
    "--smallest-path", type=click.FloatRange(0.01, 1), default=0.5, show_default=True,
    help="Refuse fewer answers than it takes to see a path of this size.",
)  # fmt: skip
@click.option("--threads", type=click.IntRange(1), help="Processors to use; results do not depend on it.")
@_with_options(*DATA, *OUTPUT)
def assess(
    data: str, json_file: str | None, reports: tuple[str, ...], lang: str | None, **given: Any
) -> None:
    """Estimate a satisfaction index model from DATA and say how good it is.

    DATA is CSV, TSV, XLSX, SPSS .sav or Parquet: a file, a folder or a quoted glob.
    """
    choices = Choices(data=data, command=_repeat("assess", {"data": data, **given}, Choices), **given)
    inputs = (data, choices.model)
    _carry_out(
        lambda report: run_assessment(choices, report), inputs, json_file, reports, lang or _language()
    )


@click.command(
    "servqual",
    epilog="""\b
Examples:
  frontstage servqual answers.csv --instrument servqual --report gaps.html
  frontstage servqual answers.xlsx --instrument my-instrument.yaml --group branch --lang zh
\b
Exit codes: 0 done; 2 the data, the instrument or the options are wrong (nothing was written).""",
)
@click.argument("data")
@click.option(
    "--instrument", required=True, help="A shipped instrument (servqual, six-criteria) or a YAML file."
)
@click.option("--perception-only", is_flag=True, help="Only perceptions were asked (SERVPERF).")
@_with_options(*DATA, *OUTPUT)
def servqual(
    data: str, json_file: str | None, reports: tuple[str, ...], lang: str | None, **given: Any
) -> None:
    """Measure the gaps between expectation and perception in DATA.

    DATA is CSV, TSV, XLSX, SPSS .sav or Parquet: a file, a folder or a quoted glob.
    """
    choices = GapChoices(data=data, command=_repeat("servqual", {"data": data, **given}, GapChoices), **given)
    inputs = (data, choices.instrument)
    _carry_out(lambda report: run_servqual(choices, report), inputs, json_file, reports, lang or _language())


def _repeat(name: str, given: dict[str, Any], kind: type) -> str:
    """The command line that gives the same numbers: what was chosen and is not the default."""
    defaults = {f.name: f.default for f in fields(kind) if f.default is not MISSING}
    options = {"identifier": "--id"}
    parts = ["frontstage", name, given["data"]]
    for key, value in given.items():
        option = options.get(key, f"--{key.replace('_', '-')}")
        if key == "rules":
            parts += [word for rule, action in value.items() for word in ("--rule", f"{rule}={action}")]
        elif value is True:
            parts.append(option)
        elif key not in ("data", "threads") and (value != defaults.get(key) or key == "seed"):
            parts += [option, str(value)]
    return shlex.join(parts)


def _carry_out(
    measure: Callable[[Any], dict[str, Any]],
    inputs: tuple[str, str],
    json_file: str | None,
    reports: tuple[str, ...],
    lang: str,
) -> None:
    """Measure, then write everything or nothing."""
    spoken = words(lang)
    try:
        check_outputs(reports, json_file, inputs)
        with progress(spoken) as report:
            document = measure(report)
        made = {Path(name): render(document, Path(name).suffix.lower(), lang) for name in reports}
    except MeasureError as error:
        raise BadData(explain(error, spoken)) from None
    text = json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False) + "\n"
    if json_file and json_file != "-":
        made[Path(json_file)] = text.encode()
    try:
        write_all(made)
        _tell(document, text if json_file == "-" else None, made, spoken)
    except BrokenPipeError:
        # Whoever read our output has gone: nothing to complain about, and nobody to hear it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        where = str(error.filename or "standard output")
        wrong = MeasureError(
            "cannot_write", f"{where} cannot be written ({error.strerror}).",
            "Choose a folder where you may write.", file=where, reason=str(error.strerror),
        )  # fmt: skip
        raise BadData(explain(wrong, spoken)) from None


def _tell(document: dict[str, Any], text: str | None, made: Iterable[Path], spoken: Words) -> None:
    if text is None:
        print_summary(document, spoken, console)
        for path in made:
            console.print(f"→ {path}", markup=False)
    else:
        sys.stdout.write(text)
    sys.stdout.flush()
