"""Threads of the native libraries, set before they are loaded."""

from __future__ import annotations

import os


def settle() -> None:
    """Let idle threads sleep instead of spin.

    OpenMP's threads spin while they wait for work, which doubles the time of a run and more on cores shared with other
    processes (see `benchmarks/`). A setting that the user made stays.
    """
    os.environ.setdefault("OMP_WAIT_POLICY", "passive")
    os.environ.setdefault("KMP_BLOCKTIME", "0")


def cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
