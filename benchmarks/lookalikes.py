"""How well look-alikes are found: precision and recall on hand-labelled pairs of ours.

Run ``python -m benchmarks lookalikes``. The pairs are invented, in the language of
workshops; more than a third are held out, so that word lists and rules are tuned on
the rest and judged on these. A pair says `same_words` (the same but for how it is
written, named in the column `differs`), `same` (one meaning, other words),
`opposite` or `different`. The rivals are rapidfuzz's plain scores on raw names.
"""

from __future__ import annotations

import csv
import time
from pathlib import Path
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from systemmap.analysis.lookalikes import (
    Likeness,
    find_lookalikes,
    likeness_of,
)
from systemmap.model.elements import Factor
from systemmap.model.text import slug

if TYPE_CHECKING:
    from collections.abc import Callable

SAME = ("same_words", "same")
CUTS = (95, 90, 85)
RIVALS: dict[str, Callable[..., float]] = {
    "ratio": fuzz.ratio,
    "token_set_ratio": fuzz.token_set_ratio,
    "WRatio": fuzz.WRatio,
}
PAIRS = Path(__file__).with_name("lookalike_pairs.csv")


def pairs(half: str = "") -> list[dict[str, str]]:
    """Return the labelled pairs, or one half: "yes" = held out, "no" = seen."""
    with PAIRS.open(encoding="utf-8") as lines:
        return [row for row in csv.DictReader(lines) if half in ("", row["held_out"])]


def precision_recall(listed: list[bool], true: list[bool]) -> tuple[float, float]:
    """Return precision and recall of a list against the labels."""
    hits = sum(a and b for a, b in zip(listed, true, strict=True))
    return hits / max(sum(listed), 1), hits / max(sum(true), 1)


def certain_pairs(half: str = "") -> tuple[float, float]:
    """Return the precision of "certain", and the recall of the same words by it alone.

    A certain pair is right when both names mean one thing, in whatever words.
    """
    rows = pairs(half)
    certain = [likeness_of(r["one"], r["other"]) is Likeness.SAME for r in rows]
    precision, _ = precision_recall(certain, [r["label"] in SAME for r in rows])
    _, recall = precision_recall(certain, [r["label"] == "same_words" for r in rows])
    return precision, recall


def rival_pairs(
    score: Callable[..., float], cut: int, half: str
) -> tuple[float, float]:
    """Return the same two figures for a rival that lists pairs from a cut upwards."""
    rows = pairs(half)
    names = [(r["one"].lower(), r["other"].lower()) for r in rows]
    found = [score(*both) >= cut for both in names]
    precision, _ = precision_recall(found, [r["label"] in SAME for r in rows])
    _, recall = precision_recall(found, [r["label"] == "same_words" for r in rows])
    return precision, recall


def opposite_pairs(half: str = "") -> tuple[int, int, int, int]:
    """Return flagged and all opposite pairs, flagged and all others."""
    rows = pairs(half)
    flagged = [likeness_of(r["one"], r["other"]) is Likeness.OPPOSITE for r in rows]
    true = [r["label"] == "opposite" for r in rows]
    hits = sum(a and b for a, b in zip(flagged, true, strict=True))
    return hits, sum(true), sum(flagged) - hits, len(rows) - sum(true)


def main() -> None:
    """Print the figures for seen and held-out pairs, beside the rivals, and the time."""
    for half, name in (
        ("no", "seen pairs"),
        ("yes", "held-out pairs"),
        ("", "all pairs"),
    ):
        rows = pairs(half)
        same = sum(r["label"] == "same_words" for r in rows)
        print(f"{name}: {len(rows)}, {same} of them the same words")
        print(f"  {'':34}precision  recall of the same words")
        precision, recall = certain_pairs(half)
        print(f"  {'certain':34}{precision:9.1%}  {recall:.1%}")
        for title, score in RIVALS.items():
            for cut in CUTS:
                precision, recall = rival_pairs(score, cut, half)
                print(
                    f"  {f'rapidfuzz {title} >= {cut}':34}{precision:9.1%}  {recall:.1%}"
                )
        hits, opposite, wrong, others = opposite_pairs(half)
        print(
            f"  opposite wording: {hits} of {opposite} opposite pairs, {wrong} of {others} others"
        )
    names = sorted({r[side] for r in pairs() for side in ("one", "other")})
    factors = [Factor(id=slug(name) or "x", label=name) for name in names]
    find_lookalikes(factors[:2])
    start = time.perf_counter()
    clusters = find_lookalikes(factors)
    print(
        f"{len(names)} names: {len(clusters)} clusters in {1000 * (time.perf_counter() - start):.0f} ms"
    )


if __name__ == "__main__":
    main()
