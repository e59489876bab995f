"""What a map's columns may be called: of factors, and of links."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

# What a heading may be called, best first; no case, spaces or punctuation.
FACTOR_NAMES: Mapping[str, tuple[str, ...]] = {
    "id": ("ref", "id", "key", "code", "uid", "nodeid"),
    "label": ("label", "name", "factor", "variable", "title", "node", "caption"),
    "theme": ("theme", "cluster", "type", "grouplabel", "group", "category", "level"),
    "note": ("description", "note", "notes", "comment", "comments"),
    "x": ("x",),
    "y": ("y",),
    "tags": ("tags", "tag"),
    "layer": ("layer",),
    "influence": ("localinfluence",),
    "in_scope": ("inscope",),
    "outcome": ("outcome",),
    "mentions": ("mentions",),
    "settings": ("settings",),
    "populations": ("populations",),
    "places": ("places",),
    "indicators": ("indicators",),
    "unique_to_area": ("specialtothisplace",),
    "priority": ("priority",),
    "priority_method": ("prioritymethod",),
    "reference_key": ("referencekey", "foresightkey"),
    "pinned": ("pinned",),
    "wordings": ("originalwordings",),
}
LINK_NAMES: Mapping[str, tuple[str, ...]] = {
    "id": ("ref", "id"),
    "from": (
        "from",
        "source",
        "cause",
        "influencer",
        "driver",
        "origin",
        "start",
        "fromfactor",
        "influencingfactor",
        "parent",
        "fromid",
        "sourceid",
        "fromnode",
        "startnode",
    ),
    "to": (
        "to",
        "target",
        "destination",
        "effect",
        "influencee",
        "outcome",
        "consequence",
        "end",
        "tofactor",
        "influencedfactor",
        "child",
        "toid",
        "targetid",
        "tonode",
        "endnode",
    ),
    "from_id": ("fromid", "sourceid"),
    "to_id": ("toid", "targetid"),
    "sign": (
        "sign",
        "polarity",
        "effectsign",
        "influence",
        "type",
        "relationship",
        "relationshiptype",
        "relation",
        "interaction",
        "linktype",
        "connectiontype",
        "effect",
        "weight",
        "value",
    ),
    "direction": ("direction",),
    "delay": ("delay", "delayed", "lag"),
    "strength": ("strength", "weight"),
    "confidence": ("confidence",),
    "reason": ("reason", "quote"),
    "note": ("note", "notes", "description", "comment"),
    "mentions": ("mentions",),
    "label": ("label",),
    "legend": ("grouplabel",),
    "style": ("style",),
}


PARTNERS = {
    "cause": "effect",
    "source": "target",
    "driver": "outcome",
    "start": "end",
    "influencer": "influencee",
    "parent": "child",
    "origin": "destination",
    "influencingfactor": "influencedfactor",
}

# Before "effect", which then is the sign: "Cause, Effect on, Effect".
_ACTED_ON = ("effecton", "actson", "affects", "impacton", "impacts")


def heading_key(heading: str) -> str:
    """Return a heading without case, spaces and punctuation."""
    return re.sub(r"[^a-z0-9]", "", heading.casefold())


def meanings(
    headings: Sequence[str], names: Mapping[str, tuple[str, ...]]
) -> dict[str, int]:
    """Return the column number of each meaning; a column means one thing."""
    keys = [heading_key(h) for h in headings]
    found: dict[str, int] = {}
    for meaning, accepted in names.items():
        words = accepted
        if meaning == "to" and "from" in found:
            partner = PARTNERS.get(keys[found["from"]])
            words = (*_ACTED_ON, *([partner] if partner else ()), *accepted)
        for name in words:
            if name in keys and keys.index(name) not in found.values():
                found[meaning] = keys.index(name)
                break
    return found


_REGISTER = frozenset(
    (
        *("risk", "riskdescription", "likelihood", "riskowner", "score"),
        *("mitigation", "mitigations", "mitigatingaction"),
        *("action", "actions", "owner", "lead", "responsible", "duedate", "reviewdate"),
    )
)


_MEASURED = frozenset(
    (
        "outcome",
        "outcomes",
        "indicator",
        "indicators",
        "baseline",
        "measure",
        "measures",
    )
)


def is_register(headings: Sequence[str]) -> bool:
    """Say whether causes and effects stand among a register's columns, as of risks.

    Where something is measured, its source is who publishes it, and no cause.
    """
    keys = set(map(heading_key, headings))
    measured = "source" in keys and not keys.isdisjoint(_MEASURED)
    return measured or len(_REGISTER & keys) > 1
