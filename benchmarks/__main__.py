"""Run every benchmark and write docs/explanation/figures.md from what they measured."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from benchmarks.figures import RESULTS

NAMES = ("business_time", "opening", "desk", "path_models", "many_rows", "coverage", "agreement")
DOCUMENT = Path(__file__).resolve().parent.parent / "docs" / "explanation" / "figures.md"
HEAD = """# Figures

Measured by `make bench`; each line's command measures it again. Ratios, not seconds, are the claim: both sides ran in
the same run on the same machine.
"""


def write() -> None:
    """The document, from the results that lie in benchmarks/results."""
    lines = [HEAD]
    for name in NAMES:
        file = RESULTS / f"{name}.json"
        if not file.exists():
            continue
        kept = json.loads(file.read_text(encoding="utf-8"))
        machine = kept["machine"]
        lines.append(f"\n## `{kept['command']}`\n\n{machine['cores']} cores, Python {machine['python']}.\n")
        lines.append("| what | ratio | goal | | measured |\n|---|---|---|---|---|")
        for figure in kept["figures"]:
            detail = ", ".join(f"{key} {value}" for key, value in figure["detail"].items())
            verdict = "reached" if figure["reached"] else "not reached"
            lines.append(
                f"| {figure['name']} | {figure['ratio']:,.2f} | {figure['goal']} | {verdict} | {detail} |"
            )
    DOCUMENT.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    for one in sys.argv[1:] or NAMES:
        print(f"== {one}", flush=True)
        subprocess.run([sys.executable, "-m", f"benchmarks.{one}"], check=True)
    write()
