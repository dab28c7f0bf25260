"""`make check`: everything about the code that needs no run of it. All at once, and only failures are
printed.

    python tests/check.py             every check
    python tests/check.py types ...   those named
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
PYTHON_FOLDERS = ["src", "tests", *(name for name in ("benchmarks",) if (ROOT / name).is_dir())]
ENVIRONMENT = {
    **os.environ,
    "FRONTSTAGE_MODE": "test",
    "DATABASE_URL": "postgresql://frontstage@:5432/none",
    "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")]).rstrip(os.pathsep),
    "NO_COLOR": "1",
}


def run(*command: str | Path) -> str:
    """What a command printed if it failed; nothing if it did not."""
    done = subprocess.run(command, cwd=ROOT, env=ENVIRONMENT, capture_output=True, text=True, check=False)
    return (done.stdout + done.stderr).strip() or "failed" if done.returncode else ""


def own(name: str) -> Callable[[], str]:
    return lambda: run(sys.executable, "-m", f"tests.checks.{name}")


# The slowest first. Each returns what is wrong, or nothing.
CHECKS: dict[str, Callable[[], str]] = {
    "types": lambda: run(BIN / "mypy", "--no-error-summary"),
    "imports": lambda: run(BIN / "lint-imports"),
    "charters": own("charters"),
    "migrations": own("migrations"),
    "translations": own("translations"),
    "format": lambda: run(BIN / "ruff", "format", "--check", "--output-format=concise", *PYTHON_FOLDERS),
    "lint": lambda: run(BIN / "ruff", "check", "--output-format=concise", *PYTHON_FOLDERS),
    "bundles": own("bundles"),
}


def main(wanted: list[str]) -> int:
    unknown = set(wanted) - set(CHECKS)
    if unknown:
        print(f"no such check: {', '.join(sorted(unknown))}. There are: {', '.join(CHECKS)}")
        return 2
    began = time.monotonic()
    names = wanted or list(CHECKS)
    with ThreadPoolExecutor(max_workers=max(2, os.cpu_count() or 2)) as pool:
        said = dict(zip(names, pool.map(lambda name: CHECKS[name](), names), strict=True))
    wrong = {name: text for name, text in said.items() if text}
    for name, text in wrong.items():
        print(f"--- {name}\n{text}\n")
    print(f"{len(names) - len(wrong)} of {len(names)} checks passed in {time.monotonic() - began:.0f} s")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
