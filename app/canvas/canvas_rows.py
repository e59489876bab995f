"""A committed change as a canvas needs it: boxes, lines, and what is gone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from systemmap.drawing.layout.boxes import box_of
from systemmap.drawing.scene import line_data
from systemmap.model.elements import Factor, Link
from systemmap.model.rows import record_from

if TYPE_CHECKING:
    from systemmap.store import Receipt, RowChange

_ABOUT_ALL = ("map", "local_term", "action", "action_factor", "asset", "asset_factor")


def message_for(receipt: Receipt, map_id: str) -> dict[str, Any]:
    """Return what a canvas showing `map_id` is told about a commit.

    ``{"rev", "boxes", "lines", "gone_boxes", "gone_lines"}``; with
    ``"reload": True`` when the rows alone cannot say what changed, so that the
    canvas asks for the graph.
    """
    message: dict[str, Any] = {"rev": receipt.revision}
    if any(row.kind in _ABOUT_ALL for row in receipt.rows):
        return {**message, "reload": True}
    boxes, lines, gone_boxes, gone_lines = [], [], [], []
    for row in receipt.rows:
        kind, _, rest = _of_map(row, map_id)
        if kind == "factor":
            if row.after is None:
                gone_boxes.append(rest)
            else:
                boxes.append(_box(row))
        elif kind == "link":
            if row.after is None:
                gone_lines.append(rest)
            else:
                lines.append(_line(row))
    if any(box["x"] is None for box in boxes):
        return {**message, "reload": True}
    found = {
        "boxes": boxes,
        "lines": lines,
        "gone_boxes": gone_boxes,
        "gone_lines": gone_lines,
    }
    return {**message, **{name: rows for name, rows in found.items() if rows}}


def _of_map(row: RowChange, map_id: str) -> tuple[str, str, str]:
    on, _, rest = row.key.partition("/")
    return (row.kind, on, rest) if on == map_id else ("", on, rest)


def _box(row: RowChange) -> dict[str, Any]:
    factor = record_from("factor", row.after or {})
    assert isinstance(factor, Factor)  # noqa: S101 - by its kind
    size = box_of(factor.label)
    return {
        "id": factor.id,
        "label": factor.label,
        "lines": list(size.lines),
        "width": size.width,
        "height": size.height,
        "x": factor.x,
        "y": factor.y,
        "theme": factor.theme,
        "layer": factor.layer,
        "priority": factor.priority,
        "pinned": factor.pinned,
    }


def _line(row: RowChange) -> dict[str, Any]:
    link = record_from("link", row.after or {})
    assert isinstance(link, Link)  # noqa: S101 - by its kind
    return line_data(link)
