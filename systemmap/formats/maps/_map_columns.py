"""Factors and links as rows to write, for the workbook, CSV and formats with fields.

What the headings mean when they come back is in `_map_tables`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from systemmap.formats.maps._links_out import LinkOut, links_out
from systemmap.formats.maps._map_tables import COLUMNS
from systemmap.formats.maps._themes import theme_labels
from systemmap.model.values import Influence
from systemmap.vocab import terms

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from systemmap.model.elements import Factor
    from systemmap.model.programme import Programme

Cell = str | float | int | None

FACTOR_HEADINGS = (
    "Label",
    "Type",
    "Description",
    "Tags",
    "x",
    "y",
    "Layer",
    "Local influence",
    "In scope",
    "Outcome",
    "Mentions",
    "Settings",
    "Populations",
    "Places",
    "Indicators",
    "Special to this place",
    "Priority",
    "Priority method",
    "Reference key",
    "Pinned",
    "Original wordings",
)
LINK_HEADINGS = (
    "From",
    "To",
    "Type",
    "direction",
    "Label",
    "Description",
    "Delay",
    "Strength",
    "Confidence",
    "Reason",
    "Mentions",
)


def factor_rows(programme: Programme, map_id: str) -> list[dict[str, Cell]]:
    """Return one row per factor, sorted by id, headings to cells."""
    system_map = programme.system_map(map_id)
    labels = theme_labels(programme)
    layers = {key: term.label for key, term in terms("layers").items()}
    rows = []
    for factor_id in sorted(system_map.factors):
        factor = system_map.factors[factor_id]
        row = _factor_row(factor, labels, layers)
        row["Outcome"] = "yes" if factor_id == system_map.outcome else ""
        rows.append(row | _own_columns(factor.extra) | {"Ref": factor_id})
    return rows


def _factor_row(
    factor: Factor, themes: Mapping[str, str], layers: Mapping[str, str]
) -> dict[str, Cell]:
    known = factor.influence is not Influence.UNKNOWN
    return {
        "Label": factor.label,
        "Type": themes.get(factor.theme, factor.theme),
        "Description": factor.note,
        "Tags": _joined(factor.tags),
        "x": factor.x,
        "y": factor.y,
        "Layer": layers.get(factor.layer, factor.layer),
        "Local influence": factor.influence.value if known else "",
        "In scope": "yes" if factor.in_scope else "no",
        "Mentions": factor.mentions,
        "Settings": _joined(factor.settings),
        "Populations": _joined(factor.populations),
        "Places": _joined(factor.places),
        "Indicators": _joined(factor.indicators),
        "Special to this place": "yes" if factor.unique_to_area else "",
        "Priority": factor.priority,
        "Priority method": factor.priority_method,
        "Reference key": factor.reference_key,
        "Pinned": "yes" if factor.pinned else "",
        "Original wordings": "\n".join(
            w.text + (f" (×{w.count})" if w.count > 1 else "") for w in factor.wordings
        ),
    }


def link_rows(
    programme: Programme, map_id: str
) -> list[tuple[LinkOut, dict[str, Cell]]]:
    """Return one row per line to draw, with the link it states."""
    system_map = programme.system_map(map_id)
    rows = []
    for out in links_out(system_map):
        link = out.link
        row: dict[str, Cell] = {
            "From": system_map.factors[link.source].label,
            "To": system_map.factors[link.target].label,
            "Type": out.polarity.value,
            "direction": out.direction,
            "Label": "",
            "Description": link.note,
            "Delay": {True: "yes", False: "no", None: ""}[link.delay],
            "Strength": "" if link.strength == "unrated" else link.strength.value,
            "Confidence": "" if link.confidence == "stated" else link.confidence.value,
            "Reason": link.reason,
            "Mentions": out.mentions,
        }
        ids: dict[str, Cell] = {"From ID": link.source, "To ID": link.target}
        rows.append((out, row | _own_columns(link.extra) | ids | {"Ref": out.id}))
    return rows


def _joined(words: Iterable[str]) -> str:
    return "|".join(word.replace("|", "/") for word in words)


def _own_columns(extra: Mapping[str, object]) -> dict[str, Cell]:
    kept = extra.get(COLUMNS)
    return {str(k): str(v) for k, v in kept.items()} if isinstance(kept, dict) else {}


def disputed(rows: Iterable[LinkOut]) -> bool:
    """Say whether any pair is stated twice, with opposite signs."""
    return any(out.number for out in rows)
