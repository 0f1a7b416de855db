"""Making a process fit for training on cores that it shares with others."""

from __future__ import annotations

import ctypes
import os
import sys

_TRIM_THRESHOLD, _TOP_PAD, _MMAP_MAX = -1, -2, -4  # mallopt(3)


def settle() -> None:
    """Let waiting threads sleep instead of spin, and keep freed memory, sparing a page fault on every large tensor.

    To be called before PyTorch is loaded, which reads the settings of its threads then. What the user set stays.
    """
    os.environ.setdefault("OMP_WAIT_POLICY", "passive")
    os.environ.setdefault("KMP_BLOCKTIME", "0")
    if sys.platform == "linux" and hasattr(libc := ctypes.CDLL(None), "mallopt"):
        for option, value in ((_TRIM_THRESHOLD, -1), (_TOP_PAD, 1 << 28), (_MMAP_MAX, 0)):
            libc.mallopt(option, value)
