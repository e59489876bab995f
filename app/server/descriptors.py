"""How many files and connections this process may have open, raised where allowed."""

from __future__ import annotations

WANTED = 4_096
KEPT_FREE = 128
"""Descriptors no visitor gets: saving opens the data file and its journal."""
UNLIMITED = 1_000_000
"""What is answered where no such limit is known (Windows)."""


def raise_descriptor_limit(wanted: int = WANTED) -> int:
    """Raise the limit as far as wanted and allowed; return what holds now."""
    try:
        import resource
    except ImportError:
        return UNLIMITED
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft == resource.RLIM_INFINITY or soft >= wanted:
        return min(UNLIMITED, soft) if soft != resource.RLIM_INFINITY else UNLIMITED
    allowed = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (allowed, hard))
    except (OSError, ValueError):  # forbidden here: what holds is what there is
        return soft
    return allowed
