"""How well look-alikes are found: precision and recall on hand-labelled pairs of ours.

Run `python benchmarks/lookalikes.py`. The pairs are invented; every second
one is held out, so that word lists are tuned on one half and judged on the
other. The rival is rapidfuzz's plain ratio on raw names.
"""

from __future__ import annotations

import csv
import time
from pathlib import Path

from rapidfuzz import fuzz

from systemmap.analysis.lookalikes import (
    Likeness,
    find_lookalikes,
    likeness_of,
    likeness_score,
)
from systemmap.model.elements import Factor
from systemmap.model.text import slug

PAIRS = Path(__file__).with_name("lookalike_pairs.csv")


def pairs(half: str = "") -> list[dict[str, str]]:
    """Return the labelled pairs, or one half: "yes" = held out, "no" = seen."""
    with PAIRS.open(encoding="utf-8") as lines:
        return [row for row in csv.DictReader(lines) if half in ("", row["held_out"])]


def precision_recall(listed: list[bool], true: list[bool]) -> tuple[float, float]:
    """Return precision and recall of a list against the labels."""
    hits = sum(a and b for a, b in zip(listed, true, strict=True))
    return hits / max(sum(listed), 1), hits / max(sum(true), 1)


def same_pairs(half: str = "") -> tuple[list[bool], list[bool]]:
    """Return which pairs are listed as the same words, and which are true.

    A pair with opposite wording that is listed as the same would be wrong.
    """
    rows = pairs(half)
    listed = [likeness_of(r["one"], r["other"]) is Likeness.SAME for r in rows]
    return listed, [r["label"] == "same" for r in rows]


def opposite_pairs(half: str = "") -> tuple[int, int, int, int]:
    """Return flagged and all opposite pairs, flagged and all others."""
    rows = pairs(half)
    flagged = [likeness_of(r["one"], r["other"]) is Likeness.OPPOSITE for r in rows]
    true = [r["label"] == "opposite" for r in rows]
    hits = sum(a and b for a, b in zip(flagged, true, strict=True))
    return hits, sum(true), sum(flagged) - hits, len(rows) - sum(true)


def main() -> None:
    """Print the figures for both halves, beside the rival, and the time taken."""
    for half, name in (
        ("no", "seen half"),
        ("yes", "held-out half"),
        ("", "all pairs"),
    ):
        rows = pairs(half)
        true = [r["label"] == "same" for r in rows]
        print(f"{name}: {len(rows)} pairs, {sum(true)} the same")
        p, r = precision_recall(*same_pairs(half))
        print(
            f"  listed as the same words (guarded, >= 85): precision {p:.2f}, recall {r:.2f}"
        )
        for cut in (85, 80, 70):
            plain = [
                likeness_score(x["one"], x["other"], guarded=False) >= cut for x in rows
            ]
            raw = [
                fuzz.ratio(x["one"].lower(), x["other"].lower()) >= cut for x in rows
            ]
            p, r = precision_recall(plain, true)
            q, s = precision_recall(raw, true)
            print(
                f"  >= {cut}: plain {p:.2f}/{r:.2f}, rapidfuzz ratio on raw names {q:.2f}/{s:.2f}"
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
