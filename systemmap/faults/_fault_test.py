"""FaultTest and Result: one promise about faults, and what became of it under them."""

from __future__ import annotations

import random
import secrets
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What a run of faults counted. `lost` and `wrong` must be 0.

    Attributes
    ----------
    promise : str
        The promise, in users' words.
    runs : int
        How many faults were made.
    acknowledged : int
        How many changes the store had called saved (for bit flips: how many
        flips did harm).
    lost : int
        How many of those were not there afterwards (or not noticed).
    wrong : int
        How often anything else was not as promised: an untrue log, a fault
        without words, a control that saw nothing.
    seconds : float
        How long it took.
    figures : Mapping[str, float]
        What else was measured, by name with its unit; may be empty.
    """

    promise: str
    runs: int
    acknowledged: int
    lost: int
    wrong: int
    seconds: float
    figures: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class FaultTest:
    """One kind of fault, and how to make it `runs` times.

    `run` strikes at other places each time it is called, so that running one
    again adds to what is known. A test that wants the same faults each
    time calls the file's own function with a `seed`.
    """

    key: str
    promise: str
    run: Callable[[int], Result]


def chance_from(seed: int | None) -> random.Random:
    """Return what chooses where faults strike; None = somewhere else each time."""
    return random.Random(secrets.randbits(64) if seed is None else seed)  # noqa: S311 - not a secret
