"""Who uses the processors: threads of our own, each with whole pieces of work."""

from __future__ import annotations

from contextlib import AbstractContextManager

from threadpoolctl import threadpool_limits


def one_thread_for_each_product() -> AbstractContextManager[object]:
    """Threads inside each small matrix product would fight those that share the work: ten times slower."""
    limits: AbstractContextManager[object] = threadpool_limits(1, user_api="blas")
    return limits
