"""Whatever systemmap calculates or writes of two programmes, as names and fingerprints."""

from __future__ import annotations

import json
from hashlib import sha256

from systemmap.bundled.bundled_files import foresight_map
from systemmap.bundled.examples import example
from systemmap.drawing.layout import place
from systemmap.formats import FORMATS, write
from systemmap.reports import REPORTS, Order, build
from tests.analysis.drawn_maps import generated_map
from tests.analysis.every_analysis import (
    ANALYSES,
    TODAY,
    acted_on,
    digest_of,
    usual_for,
)
from tests.sizes import WHOLE


def told():
    """Return it all as JSON: what it is called, and the fingerprint of what was made."""
    drawn = foresight_map()
    found = {
        f"analysis: {key}": digest_of(
            ask(acted_on(drawn if WHOLE else usual_for(key, drawn)))
        )
        for key, ask in ANALYSES.items()
    }
    programme = example()
    best = place(generated_map(12, 26))  # of several tries
    found["layout afresh"] = digest_of(best)
    for key, fmt in FORMATS.items():
        if fmt.write is not None:
            found[f"file: {key}"] = _digest(write(programme, key).data)
    written = set()
    for key, report in REPORTS.items():
        for at, suffix in enumerate(report.suffixes):
            if at and suffix in written and not WHOLE:
                continue  # one body is behind them all, and its writer was tried
            written.add(suffix)
            made = build(programme, key, Order(at=TODAY), suffix).data
            found[f"document: {key} {suffix}"] = _digest(made)
    return json.dumps(found)


def _digest(data):
    return sha256(data).hexdigest()[:16]
