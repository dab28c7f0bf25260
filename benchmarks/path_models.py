"""Path models against PyPI seminr and plspm in one run: one estimate, 5,000 replicates, and 100,000 rows.

The rows have exactly the mean and covariance of the ECSI mobile telephone data, whose file is not in the
repository. Each program runs in a process of its own: ours with one BLAS thread for each of its workers, the
peers with a process per core and the BLAS setting with which they are faster here.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from benchmarks.figures import Figure, report

ROOT = Path(__file__).resolve().parent.parent
THREADS = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")
ONE_THREAD = dict.fromkeys(THREADS, "1")
ALL_THREADS: dict[str, str] = {}
PEERS = ("seminr", "plspm")
SMALL, LARGE, REPLICATES = 250, 100_000, 5_000
# plspm needs a tenth of a second and more for each replicate: it is timed on fewer and scaled.
PLSPM_REPLICATES, PILOT, LARGE_REPLICATES = 500, 500, 100
WITHIN = 1e-6


def run(side: str, work: str, n: int, count: int = 0, threads: dict[str, str] = ONE_THREAD) -> dict[str, Any]:
    """What one program answers; see ``path_model_sides``."""
    plain = {name: value for name, value in os.environ.items() if name not in THREADS}
    command = [sys.executable, "-m", "benchmarks.path_model_sides", side, work, str(n), str(count)]
    done = subprocess.run(
        command, env=plain | threads, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True
    )
    answer: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    print(f"  {side} {work}, {n} rows, {count} replicates: {answer['seconds']:.4g} s", flush=True)
    return answer


def faster_threads(peer: str) -> dict[str, str]:
    """The BLAS setting with which the peer's replicates are faster."""
    settings = (ALL_THREADS, ONE_THREAD)
    return min(settings, key=lambda threads: float(run(peer, "bootstrap", SMALL, PILOT, threads)["seconds"]))


def estimates(n: int) -> tuple[float, dict[str, float]]:
    """Seconds of our estimate and of each peer's, after all of them agree."""
    ours = run("ours", "estimate", n)
    seconds = {}
    for peer in PEERS:
        found = run(peer, "estimate", n, threads=ALL_THREADS)
        apart = max(abs(found["paths"][path] - value) for path, value in ours["paths"].items())
        if apart > WITHIN:
            raise SystemExit(f"{n} rows: the paths of {peer} are {apart:.2g} from ours; times mean nothing.")
        seconds[peer] = float(found["seconds"])
    return float(ours["seconds"]), seconds


def small() -> tuple[list[Figure], str, dict[str, str]]:
    """Figures on 250 rows; the faster peer and its BLAS setting."""
    alone, peers = estimates(SMALL)
    threads = faster_threads("seminr")
    ours = run("ours", "bootstrap", SMALL, REPLICATES)
    limit = run("ours", "limit", SMALL, REPLICATES)
    theirs = {
        "seminr": run("seminr", "bootstrap", SMALL, REPLICATES, threads)["seconds"],
        "plspm": run("plspm", "bootstrap", SMALL, PLSPM_REPLICATES, ONE_THREAD)["seconds"]
        * REPLICATES
        / PLSPM_REPLICATES,
    }
    peer = min(theirs, key=lambda name: theirs[name])
    ratio, against_limit = theirs[peer] / ours["seconds"], ours["seconds"] / limit["seconds"]
    one = min(peers.values()) / alone
    figures = [
        Figure(
            f"ECSI model, 250 × 24, 5,000 replicates with intervals and HTMT, against {peer}, the faster peer",
            ratio, ">= 150 (aim 300)", ratio >= 150,
            {"ours seconds": round(ours["seconds"], 3), "seminr seconds": round(theirs["seminr"], 1),
             "plspm seconds": f"{theirs['plspm']:.0f} (from {PLSPM_REPLICATES} replicates)",
             "estimates": f"agree to {WITHIN:g}"},
        ),
        Figure(
            "the same over the bare matrix multiplication that its replicates need", against_limit,
            "as near 1 as can be", True,
            {"multiplication seconds": round(limit["seconds"], 4), "shape": limit["shape"]},
        ),
        Figure(
            "ECSI model, 250 × 24, one estimate, against the faster peer", one, "none", True,
            {"ours milliseconds": round(alone * 1000, 2)}
            | {f"{name} milliseconds": round(value * 1000, 1) for name, value in peers.items()},
        ),
    ]  # fmt: skip
    return figures, peer, threads


def large(peer: str, threads: dict[str, str]) -> list[Figure]:
    """Figures on 100,000 rows, where replicates are held against the faster peer alone."""
    alone, peers = estimates(LARGE)
    drawn = run("ours", "drawn", LARGE, REPLICATES)
    exact = run("ours", "bootstrap", LARGE, 1_000)
    theirs = run(peer, "bootstrap", LARGE, LARGE_REPLICATES, threads)
    one, many = min(peers.values()) / alone, theirs["seconds"] / drawn["seconds"]
    apart = max(abs(drawn["errors"][path] / error - 1) for path, error in exact["errors"].items())
    return [
        Figure(
            "100,000 × 24, one estimate, against the faster peer", one, ">= 30", one >= 30,
            {"ours milliseconds": round(alone * 1000, 1), "estimates": f"agree to {WITHIN:g}"}
            | {f"{name} milliseconds": round(value * 1000) for name, value in peers.items()},
        ),
        Figure(
            f"100,000 × 24, our 5,000 drawn replicates (moments gathered too) against {LARGE_REPLICATES} of {peer}",
            many, ">= 10", many >= 10,
            {"ours seconds": round(drawn["seconds"], 2), f"{peer} seconds": round(theirs["seconds"], 1),
             "our 1,000 exact replicates, seconds": round(exact["seconds"], 2),
             "standard errors of paths, drawn against exact, apart by at most": f"{apart:.1%}"},
        ),
    ]  # fmt: skip


def main() -> None:
    figures, peer, threads = small()
    report("path_models", figures + large(peer, threads))


if __name__ == "__main__":
    main()
