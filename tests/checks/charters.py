"""Every shipped charter is without a mistake."""

from __future__ import annotations

import sys
from pathlib import Path

import django

LIBRARY = Path(__file__).resolve().parent.parent.parent / "src" / "frontstage" / "charters" / "library"


def problems() -> list[str]:
    from frontstage.charters import public as charters

    files = sorted(LIBRARY.rglob("*.yaml"))
    found = [] if files else [f"there is no charter in {LIBRARY}"]
    for file in files:
        for problem in charters.check(file.read_text(encoding="utf-8"), file=str(file)):
            found.append(f"{file.name}:{problem.line}:{problem.column} {problem.message} {problem.remedy}")
    return found


if __name__ == "__main__":
    import os

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "frontstage.config.settings")
    django.setup()
    wrong = problems()
    print("\n".join(wrong))
    sys.exit(bool(wrong))
