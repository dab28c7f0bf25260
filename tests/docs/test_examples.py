"""The Python of the library's reference runs as a reader would run it: block after block, in one process."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

DOCS = Path(__file__).resolve().parents[2] / "docs"
PAGES = ("reference/measure.md",)
BLOCK = re.compile(r"^```python\n(.*?)^```", re.MULTILINE | re.DOTALL)


def _program(page: str) -> str:
    """The page's blocks, each on its own lines of the page, so that a failure names the line to mend."""
    text = (DOCS / page).read_text(encoding="utf-8")
    lines = [""] * (text.count("\n") + 1)
    for block in BLOCK.finditer(text):
        start = text.count("\n", 0, block.start(1))
        for at, line in enumerate(block[1].splitlines()):
            lines[start + at] = line
    return "\n".join(lines)


@pytest.mark.parametrize("page", PAGES)
def test_the_examples_run_as_they_stand(page, tmp_path):
    program = tmp_path / "examples.py"
    program.write_text(_program(page), encoding="utf-8")
    ran = subprocess.run(
        [sys.executable, "-W", "error::RuntimeWarning", str(program)], capture_output=True, text=True,
        timeout=120, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr


@pytest.mark.parametrize("page", PAGES)
def test_every_example_is_code_that_runs(page):
    assert len(BLOCK.findall((DOCS / page).read_text(encoding="utf-8"))) > 5
