"""Factors and links as table rows, for the workbook and for CSV.

One table of columns serves writing and reading back, so that a heading means
the same in both. Headings nobody knows are kept and written back.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from systemmap.errors import nearest
from systemmap.formats.maps._links_out import LinkOut, links_out
from systemmap.formats.maps._map_headings import (
    FACTOR_NAMES,
    LINK_NAMES,
    heading_key,
    meanings,
)
from systemmap.formats.maps._sign_words import (
    number_from,
    read_delay,
    read_signs,
    read_strength,
)
from systemmap.formats.maps._themes import theme_labels
from systemmap.formats.reading.limits import check_count
from systemmap.model.text import clean, folded
from systemmap.model.values import Confidence, Influence
from systemmap.vocab import terms

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from systemmap.formats.maps._map_builder import MapBuilder
    from systemmap.formats.maps._spacing import Spacing
    from systemmap.model.elements import Factor
    from systemmap.model.programme import Programme

Cell = str | float | int | None
_MOST_FIELDS = 300  # of all items together: each has a column in a table
_NEAREST_FOR = 20  # skipped rows whose nearest name is looked for: it is slow
COLUMNS = "columns"  # in extra: headings of a file that mean nothing to us

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


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a file: its headings, and its rows as text with where they stand."""

    name: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]


def table_from(rows: Iterable[tuple[str, Mapping[str, str]]]) -> Table:
    """Return a table of rows that each name their own fields."""
    rows = list(rows)
    headings = tuple(dict.fromkeys(h for _, row in rows for h in row))
    check_count(len(headings), _MOST_FIELDS, "different fields")
    cells = tuple((w, tuple(row.get(h, "") for h in headings)) for w, row in rows)
    return Table("", headings, cells)


# -- writing -------------------------------------------------------------------


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


# -- reading -------------------------------------------------------------------


def take_factors(
    builder: MapBuilder, table: Table, *, spacing: Spacing | None = None
) -> None:
    """Hand every row of a factor table to the builder; ours may be spread there."""
    where_is = meanings(table.headings, FACTOR_NAMES)
    layers = {folded(term.label): key for key, term in terms("layers").items()}
    for where, cells in table.rows:
        row = _row(where_is, cells)
        if not any(cells):
            builder.leave_blank()
            continue
        fields = _factor_fields(builder, row, where, layers)
        if spacing and fields.get("x") is not None and fields.get("y") is not None:
            fields |= spacing.here(fields["x"], fields["y"])
        extra = _kept(table.headings, where_is, cells)
        factor_id = builder.factor(
            row.get("label", ""),
            where=where,
            source_id=row.get("id") or None,
            theme=row.get("theme", "") if row.get("theme") != "Sample" else "",
            note=row.get("note", ""),
            extra=extra,
            **fields,
        )
        if row.get("outcome") == "yes":
            builder.outcome = factor_id


def _factor_fields(
    builder: MapBuilder, row: Mapping[str, str], where: str, layers: Mapping[str, str]
) -> dict[str, Any]:
    fields: dict[str, Any] = {
        name: tuple(w.strip() for w in row[name].split("|") if w.strip())
        for name in ("tags", "settings", "populations", "places", "indicators")
        if row.get(name)
    }
    for name in ("x", "y"):
        if row.get(name):
            fields[name] = number_from(row[name], decimal_comma=True)
            if fields[name] is None:
                builder.guess(
                    where,
                    f"'{row[name]}' is not a position. The factor will be placed for you.",
                    row[name],
                )
    if row.get("layer"):
        fields["layer"] = layers.get(folded(row["layer"]), row["layer"])
    if row.get("influence") in set(Influence):
        fields["influence"] = Influence(row["influence"])
    for name in ("mentions", "priority"):
        number = number_from(row.get(name))
        if number is not None and number == int(number):
            fields[name] = int(number)
    fields |= {n: row[n] for n in ("priority_method", "reference_key") if row.get(n)}
    fields["in_scope"] = row.get("in_scope", "").casefold() != "no"
    fields |= {
        n: row.get(n, "").casefold() == "yes" for n in ("unique_to_area", "pinned")
    }
    return fields


def take_links(
    builder: MapBuilder,
    table: Table,
    *,
    by_key: bool = False,
    strict: bool = False,
    pairs: bool = False,
) -> None:
    """Hand every row of a link table to the builder.

    Parameters
    ----------
    builder : MapBuilder
        Where factors are known already, by label and perhaps by key.
    table : Table
        The links.
    by_key : bool
        Whether the cells of From and To are keys; otherwise they are labels.
    strict : bool
        Whether a factor that no table lists makes the row be skipped.
    pairs : bool
        Whether two signs always are change to change, as in Kumu's files.
    """
    where_is = meanings(table.headings, LINK_NAMES)
    sign_at = where_is.get("sign")
    if sign_at is None:
        sign_at = where_is.get("legend")
    heading = "" if sign_at is None else table.headings[sign_at]
    raws = ["" if sign_at is None else _cell(cells, sign_at) for _, cells in table.rows]
    builder.say_what_pairs_mean(raws, always=pairs)
    signs = read_signs(raws, heading, pairs=pairs)
    for (where, cells), sign in zip(table.rows, signs, strict=True):
        row = _row(where_is, cells)
        if not any(cells):
            builder.leave_blank()
            continue
        if not row.get("from") or not row.get("to"):
            builder.skip(
                where,
                "A link needs a factor at both ends. The row was skipped.",
                " | ".join(cells),
            )
            continue
        if strict and _misses(builder, row, where):
            continue
        ends = _ends(builder, row, where, by_key=by_key)
        builder.link(
            *ends,
            where=where,
            sign=sign,
            direction=_direction(row.get("direction", "")),
            raws=(row["from"], row["to"]),
            extra=_kept(table.headings, where_is, cells),
            **_link_fields(builder, row, where, sign.strength),
        )


def _misses(builder: MapBuilder, row: Mapping[str, str], where: str) -> bool:
    """Skip a row whose end is no known factor, naming the nearest one."""
    for end, column in (("from", "From"), ("to", "To")):
        if not builder.has_label(row[end]):
            few = sum(p.kind == "skipped" for p in builder.problems) < _NEAREST_FOR
            known = [factor.label for factor in builder.factors.values()] if few else []
            close = nearest(row[end], known)
            hint = f" Nearest: '{close[0]}'." if close else ""
            builder.skip(
                f"{where}, column {column}",
                f"there is no factor called '{row[end]}'. The row was skipped.{hint}",
                row[end],
            )
            return True
    return False


def _ends(
    builder: MapBuilder, row: Mapping[str, str], where: str, *, by_key: bool
) -> tuple[str, str]:
    if by_key:
        found = [builder.keyed(row[end], imply=True) for end in ("from", "to")]
    else:
        found = [
            builder.keyed(row[f"{end}_id"]) if row.get(f"{end}_id") else None
            for end in ("from", "to")
        ]
        found = [
            ours or builder.named(row[end], where=where)
            for ours, end in zip(found, ("from", "to"), strict=True)
        ]
    return cast("tuple[str, str]", tuple(found))


def _link_fields(
    builder: MapBuilder, row: Mapping[str, str], where: str, by_sign: object
) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "note": clean(row.get("note", "")),
        "reason": clean(row.get("reason", "")),
        "delay": read_delay(row.get("delay", ""), row.get("label", "")),
    }
    if row.get("delay") and fields["delay"] is None:
        builder.remark(
            where,
            f"'{row['delay']}' does not say whether the link is slow.",
            row["delay"],
        )
    if row.get("strength"):
        fields["strength"] = read_strength(row["strength"]) or by_sign
    if row.get("confidence") in set(Confidence):
        fields["confidence"] = Confidence(row["confidence"])
    number = number_from(row.get("mentions"))
    if number is not None and number == int(number):
        fields["mentions"] = int(number)
    return fields


def _direction(raw: str) -> str:
    word = raw.strip().casefold()
    return word if word in ("mutual", "undirected") else "directed"


def _row(where_is: Mapping[str, int], cells: Sequence[str]) -> dict[str, str]:
    return {name: _cell(cells, at) for name, at in where_is.items()}


def _cell(cells: Sequence[str], at: int) -> str:
    return cells[at].strip() if at < len(cells) else ""


_OURS = {"style", "grouplabel", "ref", "id", "label"}


def _kept(
    headings: Sequence[str],
    where_is: Mapping[str, int],
    cells: Sequence[str],
) -> dict[str, object]:
    """Return the cells under headings that mean nothing to us, to be written back."""
    used = set(where_is.values())
    kept = {
        heading: clean(_cell(cells, at))
        for at, heading in enumerate(headings)
        if heading
        and at not in used
        and _cell(cells, at)
        and heading_key(heading) not in _OURS
    }
    return {COLUMNS: kept} if kept else {}


def disputed(rows: Iterable[LinkOut]) -> bool:
    """Say whether any pair is stated twice, with opposite signs."""
    return any(out.number for out in rows)
