"""Which reader a path needs, judged by what the file holds and checked against its ending."""

from __future__ import annotations

import difflib
import errno
import glob
import stat
from pathlib import Path

from frontstage.assess.reading.delimited import open_delimited
from frontstage.assess.reading.parquet import open_parquet
from frontstage.assess.reading.spss import open_spss
from frontstage.assess.reading.table import Table
from frontstage.assess.reading.workbook import open_workbook
from frontstage.measure.errors import MeasureError

_ENDINGS = {
    ".csv": "text",
    ".tsv": "text",
    ".txt": "text",
    ".dat": "text",
    ".xlsx": "xlsx",
    ".xlsm": "xlsx",
    ".sav": "sav",
    ".zsav": "sav",
    ".parquet": "parquet",
    ".pq": "parquet",
}
_USUAL = {"text": ".csv", "xlsx": ".xlsx", "sav": ".sav", "parquet": ".parquet", "xls": ".xls"}
_SIGNS = (
    (b"PK\x03\x04", "xlsx"),
    (b"PAR1", "parquet"),
    (b"$FL2", "sav"),
    (b"$FL3", "sav"),
    (b"\xd0\xcf\x11\xe0", "xls"),
)


def open_table(path: str, *, encoding: str | None = None) -> Table:
    """Open a data file: CSV, TSV, XLSX, SPSS, or Parquet (a file, a folder or a glob).

    ``encoding`` is for text and SPSS files; without it, what the file says, else UTF-8. Raises
    ``MeasureError`` with a stable code for everything that is wrong with the file.
    """
    where = Path(path)
    _require_name(path)
    if where.is_dir():
        return open_parquet(_parquet_inside(where), where.name or path)
    if not where.exists() and any(sign in path for sign in "*?["):
        return _open_glob(path, encoding)
    if not where.exists():
        raise _file_missing(where)
    return _open_file(where, encoding)


def _require_name(path: str) -> None:
    """Refuse what the system has no file for, and what is no file: a pipe can be read only once, a device has
    no end.
    """
    try:
        mode = Path(path).stat().st_mode if path and "\x00" not in path else 0
    except OSError as error:
        if error.errno in (errno.ENAMETOOLONG, errno.ELOOP, errno.EACCES):
            raise _cannot_be_opened(path, str(error.strerror)) from None
        return  # It is missing, or a pattern.
    if not path:
        raise _cannot_be_opened("“”", "no name")
    if mode and not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):
        raise MeasureError(
            "not_a_file",
            f"{path} is a pipe or a device, not a file.",
            "Write the data into a file first, then name that file.",
            file=path,
        )


def _cannot_be_opened(path: str, reason: str) -> MeasureError:
    shown = path if len(path) <= 100 else path[:100] + "…"
    return MeasureError(
        "unreadable_file",
        f"{shown} cannot be opened ({reason}).",
        "Check the name, and that you may read it.",
        file=shown,
    )


def _open_file(where: Path, encoding: str | None) -> Table:
    kind = _kind(where)
    if kind == "xlsx":
        return open_workbook(str(where), where.name)
    if kind == "sav":
        return open_spss(str(where), where.name, encoding)
    if kind == "parquet":
        return open_parquet([str(where)], where.name)
    return open_delimited(str(where), where.name, encoding)


def _kind(where: Path) -> str:
    """What the file holds; refused where its ending says something else."""
    try:
        with where.open("rb") as file:
            start = file.read(4)
    except OSError as error:
        raise MeasureError(
            "unreadable_file",
            f"{where.name} cannot be opened ({error.strerror}).",
            "Check that you may read it.",
            file=where.name,
        ) from None
    if not start:
        raise MeasureError(
            "empty_file",
            f"{where.name} is empty.",
            "Export it again, with its column names.",
            file=where.name,
        )
    ending = where.suffix.lower()
    held = next((kind for sign, kind in _SIGNS if start.startswith(sign)), None)
    said = _ENDINGS.get(ending)
    if held == "xls" or (ending and said is None):
        raise _unknown_format(where.name, ending)
    if held and said and held != said:
        raise _wrong_ending(where.name, ending, _USUAL[held])
    if said and said != "text" and not held:
        raise _not_what_it_says(where, ending)
    return held or "text"


def _unknown_format(name: str, ending: str) -> MeasureError:
    return MeasureError(
        "unknown_format",
        f"{name} is not a kind of file that can be read here.",
        "Save it as CSV, TSV, XLSX, SAV or Parquet.",
        file=name,
        ending=ending,
    )


def _wrong_ending(name: str, ending: str, right: str) -> MeasureError:
    return MeasureError(
        "wrong_extension",
        f"{name} ends in {ending}, but its content is that of a {right} file.",
        f"Rename it to {Path(name).stem}{right}.",
        file=name,
        ending=ending,
        right=right,
    )


def _not_what_it_says(where: Path, ending: str) -> MeasureError:
    """Text under the ending of a binary file is a wrong name; anything else is a damaged file."""
    with where.open("rb") as file:
        sample = file.read(4096)
    if sample.isascii() and b"\x00" not in sample and any(sign in sample for sign in (b",", b";", b"\t")):
        return _wrong_ending(where.name, ending, ".csv")
    return MeasureError(
        "unreadable_file",
        f"{where.name} does not begin as a {ending} file does: it is damaged, or something else.",
        "Save it again from the program that made it.",
        file=where.name,
        ending=ending,
    )


def _parquet_inside(folder: Path) -> list[str]:
    """Its Parquet files and those of its folders; what begins with _ or . is another program's own."""
    found = [
        str(file)
        for file in sorted(folder.rglob("*"))
        if file.suffix.lower() in (".parquet", ".pq")
        and not any(part.startswith(("_", ".")) for part in file.relative_to(folder).parts)
    ]
    if not found:
        raise MeasureError(
            "no_parquet",
            f"The folder {folder.name or folder} holds no Parquet files.",
            "Name one file, or a folder of .parquet files.",
            file=str(folder),
        )
    return found


def _open_glob(pattern: str, encoding: str | None) -> Table:
    found = sorted(glob.glob(pattern, recursive=True))  # noqa: PTH207  # the pattern may be absolute
    if not found:
        raise MeasureError(
            "file_missing", f"No file fits {pattern}.", "Check the folder and the pattern.", file=pattern
        )
    if len(found) == 1:
        return open_table(found[0], encoding=encoding)
    other = next((name for name in found if Path(name).suffix.lower() not in (".parquet", ".pq")), None)
    if other:
        raise MeasureError(
            "glob_not_parquet",
            f"{pattern} fits {len(found)} files, and {Path(other).name} is not Parquet.",
            "Only Parquet is read from several files at once: name one file.",
            file=Path(other).name,
            pattern=pattern,
        )
    return open_parquet(found, pattern)


def _file_missing(where: Path) -> MeasureError:
    near: list[str] = []
    if where.parent.is_dir():
        near = difflib.get_close_matches(where.name, [file.name for file in where.parent.iterdir()], n=1)
    hint = f"Did you mean {near[0]}?" if near else "Check the folder and the name."
    return MeasureError(
        "file_missing",
        f"There is no file {where}.",
        hint,
        file=str(where),
        suggestion=near[0] if near else None,
    )
