"""`frontstage assess` as its users call it: figures, files, refusals in their language, nothing half written."""

from __future__ import annotations

import csv
import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from frontstage.cli.program import run
from frontstage.measure.moments import Moments
from frontstage.measure.pls import estimate
from tests.measure.pls.ecsi import ecsi_like_rows, ecsi_model

ITEMS = ecsi_model().items
KEYS = {
    "program", "n", "rows", "model", "index", "index_interval", "index_refused", "paths", "indirect_effects",
    "total_effects", "loadings", "weights", "loading_intervals", "weight_intervals", "r2", "r2_adjusted", "f2",
    "vif", "reliability", "htmt", "fornell_larcker", "cross_loadings", "q2", "predict", "srmr", "consistent",
    "importance_performance", "groups", "verdicts", "quality", "settings",
}  # fmt: skip


def answers(n: int = 250, seed: int = 0) -> np.ndarray:
    """Whole numbers from 1 to 10 that hang together as the published answers do."""
    return np.clip(np.round(ecsi_like_rows(n, seed)), 1, 10)


def write(path: Path, rows: np.ndarray, extra: dict[str, list[Any]] | None = None) -> Path:
    columns = extra or {}
    with path.open("w", newline="", encoding="utf-8") as file:
        out = csv.writer(file)
        out.writerow([*ITEMS, *columns])
        for k, row in enumerate(rows):
            cells = ["" if np.isnan(value) else f"{value:g}" for value in row]
            out.writerow([*cells, *(values[k] for values in columns.values())])
    return path


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return write(tmp_path / "answers.csv", answers(), {"region": ["north", "south"] * 125})


def assess(*arguments: str | Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    code = run(["assess", *map(str, arguments)])
    printed = capsys.readouterr()
    return code, printed.out, printed.err


def document_of(data: Path, *options: str, capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    code, out, err = assess(data, "--model", "ecsi", "--json", "-", *options, capsys=capsys)
    assert code == 0, err
    return dict(json.loads(out))


def test_the_figures_are_those_of_the_library(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = document_of(data, capsys=capsys)
    expected = estimate(ecsi_model(), Moments.of(answers(), ITEMS))
    assert set(found) == KEYS
    assert found["n"] == 250
    assert list(found["index"].values()) == pytest.approx(expected.indices.values[:, 0].tolist())
    assert [row["estimate"] for row in found["paths"]] == pytest.approx(
        [
            expected.paths[ecsi_model().names.index(a), ecsi_model().names.index(b)]
            for a, b in ecsi_model().paths
        ]
    )
    assert found["paths"][0] | {"estimate": 0} == {
        "from": "IMAG", "to": "CUEX", "estimate": 0, "se": None, "low": None, "high": None, "p": None,
    }  # fmt: skip


def test_the_same_command_gives_the_same_document_to_the_last_digit(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    options = ("--bootstrap", "200", "--seed", "7", "--group", "region", "--permutations", "100")
    first = document_of(data, *options, capsys=capsys)
    assert first == document_of(data, *options, "--threads", "3", capsys=capsys)
    assert first["paths"][0]["low"] < first["paths"][0]["estimate"] < first["paths"][0]["high"]
    assert all(row["low"] <= row["value"] <= row["high"] for row in first["htmt"])
    assert all(row["htmt2_low"] <= row["htmt2"] <= row["htmt2_high"] for row in first["htmt"])
    assert first["settings"]["seed"] == 7
    assert "--bootstrap 200" in first["program"]["command"]
    other = document_of(data, "--bootstrap", "200", "--seed", "8", capsys=capsys)
    assert other["paths"][0]["se"] != first["paths"][0]["se"]


def test_the_command_in_the_document_repeats_it(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    import shlex

    first = document_of(
        data, "--bootstrap", "150", "--interval", "bca", "--rule", "duplicates=off", capsys=capsys
    )
    words = shlex.split(first["program"]["command"])
    assert words[:2] == ["frontstage", "assess"]
    code, out, _err = assess(*words[2:], "--json", "-", capsys=capsys)
    assert code == 0
    assert json.loads(out) == first


def test_groups_are_measured_and_compared(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = document_of(data, "--group", "region", "--permutations", "100", capsys=capsys)["groups"]
    assert [(level["level"], level["n"]) for level in found["levels"]] == [("north", 125), ("south", 125)]
    (pair,) = found["comparisons"]
    assert set(pair["micom"]["IMAG"]) >= {"c", "c_low", "invariance", "equal_means", "variance_p"}
    assert all(row["p_adjusted"] >= row["p"] for row in pair["paths"])


def test_a_group_that_is_too_small_is_named_and_the_others_are_compared(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = write(tmp_path / "a.csv", answers(), {"region": ["tiny"] * 5 + ["a", "b"] * 122 + ["a"]})
    found = document_of(data, "--group", "region", "--permutations", "100", capsys=capsys)["groups"]
    assert {level["level"]: level["refused"] for level in found["levels"]} == {
        "a": None, "b": None, "tiny": "small_group",
    }  # fmt: skip
    assert len(found["comparisons"]) == 1


def test_weights_weigh_and_rows_of_weight_zero_are_left_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    w = [0] * 50 + [1, 2] * 100
    data = write(tmp_path / "a.csv", answers(), {"w": w})
    found = document_of(data, "--weights", "w", capsys=capsys)
    expected = estimate(ecsi_model(), Moments.of(answers()[50:], ITEMS, weights=w[50:]))
    assert list(found["index"].values()) == pytest.approx(expected.indices.values[:, 0].tolist())
    assert found["rows"]["weight_zero"] == 50


@pytest.mark.parametrize("treat", ["mean", "listwise", "pairwise"])
def test_missing_values_are_treated_as_the_model_says(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], treat: str
) -> None:
    rows = answers()
    rows[np.random.default_rng(1).random(rows.shape) < 0.01] = -99
    data = write(tmp_path / "a.csv", rows)
    model = _model(tmp_path, f"missing: {{codes: [-99], treat: {treat}}}")
    code, out, err = assess(data, "--model", model, "--bootstrap", "100", "--json", "-", capsys=capsys)
    assert code == 0, err
    found = json.loads(out)
    known = np.where(rows == -99, np.nan, rows)
    used = known[~np.isnan(known).any(axis=1)] if treat == "listwise" else known
    missing = {"mean": "mean", "listwise": "listwise", "pairwise": "pairwise"}[treat]
    expected = estimate(ecsi_model(), Moments.of(used, ITEMS), missing=missing)  # type: ignore[arg-type]
    assert found["n"] == len(used)
    assert found["r2"]["CUSA"] == pytest.approx(expected.r2[4])


def _model(folder: Path, extra: str) -> Path:
    lines = ["constructs:"]
    names = {"Image": "IMAG", "Expectation": "CUEX", "Quality": "PERQ", "Value": "PERV",
             "Satisfaction": "CUSA", "Complaints": "CUSCO", "Loyalty": "CUSL"}  # fmt: skip
    lines += [
        f"  {names[c.name]}: {{mode: A, items: [{', '.join(c.items)}]}}" for c in ecsi_model().constructs
    ]
    lines += ["paths:", *(f"  - {{from: {names[a]}, to: [{names[b]}]}}" for a, b in ecsi_model().paths)]
    path = folder / "model.yaml"
    path.write_text("\n".join([*lines, "scale: {min: 1, max: 10}", extra]) + "\n", encoding="utf-8")
    return path


def test_values_off_the_scale_are_refused_or_made_missing_as_the_model_says(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = answers()
    rows[6, 3] = 77
    data = write(tmp_path / "a.csv", rows)
    code, _out, err = assess(data, "--model", "ecsi", capsys=capsys)
    assert code == 2
    assert "row 8" in err and ITEMS[3] in err and "77" in err
    model = _model(tmp_path, "off_scale: missing")
    assert assess(data, "--model", model, capsys=capsys)[0] == 0


def test_reports_and_json_are_written_together(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = data.parent / "out"
    folder.mkdir()
    files = [folder / name for name in ("r.html", "r.pdf", "r.xlsx")]
    options = [word for file in files for word in ("--report", str(file))]
    code, out, err = assess(
        data, "--model", "ecsi", "--bootstrap", "100", *options, "--json", folder / "r.json", "--lang", "zh",
        capsys=capsys,
    )  # fmt: skip
    assert code == 0, err
    assert "满意度" in out
    assert files[0].read_text(encoding="utf-8").lstrip().lower().startswith("<!doctype html")
    assert files[1].read_bytes().startswith(b"%PDF")
    assert files[2].read_bytes().startswith(b"PK")
    assert json.loads((folder / "r.json").read_text(encoding="utf-8"))["n"] == 250
    assert sorted(path.name for path in folder.iterdir()) == ["r.html", "r.json", "r.pdf", "r.xlsx"]


def test_nothing_is_written_when_the_data_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = write(tmp_path / "a.csv", answers()[:8])
    report = tmp_path / "r.html"
    code, out, err = assess(
        data, "--model", "ecsi", "--report", report, "--json", tmp_path / "r.json", capsys=capsys
    )
    assert (code, out) == (2, "")
    assert "8" in err and "25" in err
    assert [path.name for path in tmp_path.iterdir()] == ["a.csv"]


def test_a_report_that_cannot_be_written_is_refused_before_the_work(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("nowhere/r.html", "r.docx"):
        code, _out, err = assess(data, "--model", "ecsi", "--report", data.parent / name, capsys=capsys)
        assert code == 2
        assert name.split("/")[-1] in err


@pytest.mark.parametrize("option", ["--json", "--report"])
def test_what_is_read_is_never_written_over(
    data: Path, capsys: pytest.CaptureFixture[str], option: str
) -> None:
    model = _model(data.parent, "off_scale: refuse")
    page = data.parent / "page.html"
    for target in (data, model) if option == "--json" else (data.parent / "data.html",):
        if option == "--report":
            target.symlink_to(data)
        before = data.read_bytes(), model.read_bytes()
        code, _out, err = assess(data, "--model", model, option, target, capsys=capsys)
        assert code == 2
        assert "what is read" in err
        assert (data.read_bytes(), model.read_bytes()) == before
    code, _out, err = assess(
        data, "--model", "ecsi", "--report", page, "--json", f"{data.parent}/./page.html", capsys=capsys
    )
    assert code == 2
    assert "twice" in err


@pytest.mark.parametrize("name", ["", "x" * 250 + ".json", "folder", "pipe"])
def test_only_new_and_ordinary_files_are_written(
    data: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    (data.parent / "folder").mkdir()
    os.mkfifo(data.parent / "pipe")
    target = str(data.parent / name) if name else ""
    code, _out, err = assess(data, "--model", "ecsi", "--json", target, capsys=capsys)
    assert code == 2
    assert "cannot be written" in err


def test_a_reader_that_goes_away_is_no_error(data: Path) -> None:
    frontstage = Path(sys.executable).with_name("frontstage")
    for options in ("", "--json -"):
        done = subprocess.run(
            ["bash", "-c", f"set -o pipefail; {frontstage} assess {data} --model ecsi {options} | true"],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert (done.returncode, done.stderr) == (0, "")


def test_a_killed_run_leaves_no_file(data: Path) -> None:
    folder = data.parent / "out"
    folder.mkdir()
    frontstage = Path(sys.executable).with_name("frontstage")
    running = subprocess.Popen(
        [frontstage, "assess", data, "--model", "ecsi", "--bootstrap", "100000", "--json", folder / "r.json"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    with pytest.raises(subprocess.TimeoutExpired):
        running.wait(1)
    running.send_signal(signal.SIGINT)
    assert running.wait(30) == 130
    assert list(folder.iterdir()) == []


def test_refusals_are_in_the_readers_language(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _out, err = assess(tmp_path / "absent.csv", "--model", "ecsi", "--lang", "zh", capsys=capsys)
    assert code == 2
    assert "absent.csv" in err and "没有" in err


@pytest.mark.parametrize(
    ("spoil", "expected"),
    [
        (lambda text: text.replace("IMAG2", "IMAGE2", 1), "IMAG2"),
        (lambda text: text.replace("\n", "\nabc,", 2).replace("abc,IMAG", "IMAG"), "row"),
        (lambda text: "", "empty"),
        (lambda text: text.split("\n")[0] + "\n", "no rows"),
    ],
)
def test_bad_files_get_one_clear_message(
    data: Path, capsys: pytest.CaptureFixture[str], spoil: Any, expected: str
) -> None:
    data.write_text(spoil(data.read_text(encoding="utf-8")), encoding="utf-8")
    code, out, err = assess(data, "--model", "ecsi", capsys=capsys)
    assert (code, out) == (2, "")
    assert expected in err
    assert "Traceback" not in err


def test_a_constant_item_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = answers()
    rows[:, ITEMS.index("PERV1")] = 5
    code, _out, err = assess(write(tmp_path / "a.csv", rows), "--model", "ecsi", capsys=capsys)
    assert code == 2
    assert "PERV1" in err


def test_a_rule_can_leave_rows_out_and_can_be_switched_off(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = answers()
    rows[10:13] = 5
    data = write(tmp_path / "a.csv", rows)
    assert document_of(data, "--rule", "straight_lining=leave_out", capsys=capsys)["n"] == 247
    off = document_of(data, "--rule", "straight_lining=off", capsys=capsys)
    assert "straight_lining" not in [row["rule"] for row in off["quality"]["findings"]]
    assert assess(data, "--model", "ecsi", "--rule", "nonsense=off", capsys=capsys)[0] == 2


def test_too_few_answers_can_be_allowed_on_purpose(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = write(tmp_path / "a.csv", answers(24, 3))
    assert assess(data, "--model", "ecsi", capsys=capsys)[0] == 2
    assert document_of(data, "--rule", "too_few_answers=off", capsys=capsys)["n"] == 24


def test_the_duckdb_engine_gives_the_same_figures(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    folder = tmp_path / "parts"
    folder.mkdir()
    rows = answers(600, 2)
    for k, part in enumerate(np.array_split(rows, 3)):
        pq.write_table(pa.table({name: part[:, i] for i, name in enumerate(ITEMS)}), folder / f"{k}.parquet")
    local = document_of(folder, capsys=capsys)
    duck = document_of(folder, "--engine", "duckdb", "--bootstrap", "200", capsys=capsys)
    assert list(duck["index"].values()) == pytest.approx(list(local["index"].values()), rel=1e-9)
    assert duck["settings"]["bootstrap"]["method"] == "moments"
    code, _out, err = assess(folder, "--model", "ecsi", "--engine", "duckdb", "--group", "x", capsys=capsys)
    assert code == 2
    assert "--group" in err


def test_it_runs_without_django_and_says_so_when_a_pipe_closes(data: Path) -> None:
    """As a process of its own: no settings, no database, and Django is never imported."""
    program = (
        "import sys; from frontstage.cli.program import run; "
        f"code = run(['assess', {str(data)!r}, '--model', 'ecsi']); "
        "sys.exit(code or ('django' in sys.modules and 9) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "72." in done.stdout or "index" in done.stdout.lower()
