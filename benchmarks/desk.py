"""Server time of the desk's list at two sizes: first page, deep page, filtered, searched in Chinese.

``python -m benchmarks.desk [SMALL LARGE]``: cases of the two installations (10,000 and 1,000,000 when left out).
"""

from __future__ import annotations

import subprocess
import sys
import time

from benchmarks.figures import Figure, milliseconds, report

MEDIAN_LIMIT = 50.0  # milliseconds
RATIO_LIMIT = 1.5
PLACES = {
    "first page": "/desk/?view=all",
    "open cases": "/desk/",
    "filtered": "/desk/?view=all&kind=complaint&district=northgate",
    "searched, common": "/desk/?view=all&q=燃气",
    "searched, rare": "/desk/?view=all&q=滨江大道66号",
}


def measure(cases: int) -> dict[str, tuple[float, float]]:
    """Place -> (median, p95) in milliseconds, as an agent of the desk and with a deep page."""
    from django.test import Client

    from frontstage.demo.public import seed
    from frontstage.people.public import User

    begin = time.perf_counter()
    seed(cases // 3)
    print(f"{cases:,} cases told in {time.perf_counter() - begin:.0f} s", flush=True)
    client = Client()
    client.force_login(User.objects.get(username="zhao"), backend="django.contrib.auth.backends.ModelBackend")
    found = {}
    for name, address in PLACES.items():
        found[name] = milliseconds(lambda address=address: _ok(client.get(address)))  # type: ignore[misc]
    deep = _deep(client)
    found["deep page"] = milliseconds(lambda: _ok(client.get(deep)))
    return found


def _ok(answer) -> None:  # type: ignore[no-untyped-def]
    assert answer.status_code == 200


def _deep(client) -> str:  # type: ignore[no-untyped-def]
    """The page that begins in the middle of all cases."""
    from frontstage.cases.models import Case
    from frontstage.cases.queries import NEWEST
    from frontstage.foundation.paging import cursor_at

    middle = Case.objects.order_by("id")[Case.objects.count() // 2]
    return f"/desk/?view=all&after={cursor_at(middle, NEWEST)}"


def main() -> None:
    if len(sys.argv) == 3 and sys.argv[1] == "--one":
        _one(int(sys.argv[2]))
        return
    sizes = [int(word) for word in sys.argv[1:3]] or [10_000, 1_000_000]
    small, large = (_in_a_process(size) for size in sizes)
    figures = []
    for name, (median, p95) in large.items():
        ratio = median / small[name][0]
        reached = median < MEDIAN_LIMIT and ratio <= RATIO_LIMIT
        detail = {
            "median ms": round(median, 1),
            "p95 ms": round(p95, 1),
            "median ms, small": round(small[name][0], 1),
        }
        goal = f"<= {RATIO_LIMIT} and median under {MEDIAN_LIMIT:.0f} ms"
        figures.append(
            Figure(f"{name}: {sizes[1]:,} cases against {sizes[0]:,}", ratio, goal, reached, detail)
        )
    report("desk", figures)


def _in_a_process(cases: int) -> dict[str, tuple[float, float]]:
    """Each size in a process and installation of its own."""
    import json

    command = [sys.executable, "-m", "benchmarks.desk", "--one", str(cases)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    print(done.stdout.splitlines()[0], flush=True)
    return {name: tuple(pair) for name, pair in json.loads(done.stdout.splitlines()[-1]).items()}


def _one(cases: int) -> None:
    import json

    from benchmarks.running import installation

    with installation():
        print(json.dumps(measure(cases)))


if __name__ == "__main__":
    main()
