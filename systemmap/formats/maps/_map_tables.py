"""Tables of factors and links on their way into a map.

A heading means what it says, or what a person said it means. Headings nobody
knows are kept and written back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from systemmap.errors import nearest
from systemmap.formats.maps._file_table import Table
from systemmap.formats.maps._map_headings import (
    FACTOR_NAMES,
    LINK_NAMES,
    heading_key,
)
from systemmap.formats.maps._map_said import CAUSES, LINKS
from systemmap.formats.maps._sign_words import (
    number_from,
    read_delay,
    read_sign,
    read_strength,
)
from systemmap.formats.reading.limits import check_count
from systemmap.language.phrases import listed
from systemmap.model.text import clean, folded
from systemmap.model.values import Confidence, Influence, Polarity
from systemmap.vocab import terms

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from systemmap.formats.maps._map_builder import MapBuilder
    from systemmap.formats.maps._spacing import Spacing
    from systemmap.model.values import Strength

_MOST_FIELDS = 300  # of all items together: each has a column in a table
_NEAREST_FOR = 20  # skipped rows whose nearest name is looked for: it is slow
_MOST_SIGNS = 8  # different words in a column that may be a legend of signs
COLUMNS = "columns"  # in extra: headings of a file that mean nothing to us


def table_from(rows: Iterable[tuple[str, Mapping[str, str]]], name: str = "") -> Table:
    """Return a table of rows that each name their own fields."""
    rows = list(rows)
    headings = tuple(dict.fromkeys(h for _, row in rows for h in row))
    check_count(len(headings), _MOST_FIELDS, "different fields")
    cells = tuple((w, tuple(row.get(h, "") for h in headings)) for w, row in rows)
    return Table(name, headings, cells)


def take_factors(
    builder: MapBuilder, table: Table, *, spacing: Spacing | None = None
) -> None:
    """Hand every row of a factor table to the builder; ours may be spread there."""
    where_is = builder.said.where_is(CAUSES, table, FACTOR_NAMES)
    if "label" not in where_is and "id" not in where_is:
        _ask_for(builder, table, "its causes", "Heading=name")
        return
    layers = {folded(term.label): key for key, term in terms("layers").items()}
    for where, cells in table.rows:
        row = _row(where_is, cells)
        if not any(cells):
            builder.leave_blank()
            continue
        if builder.said.leaves_out(where):
            builder.skip(where, "It was left out, as you said.", " | ".join(cells))
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


_DIRECTIONS = frozenset(("directed", "undirected", "mutual"))
_ENDS = ("from", "to")
_NUMBERS = "The links name their ends by numbers, and no table says what each number is, so the causes are called so. Bring in a file that names the causes with their numbers, or give each its name."


def _signs_by_cells(
    builder: MapBuilder, table: Table, where_is: Mapping[str, int]
) -> int | None:
    """Return the column whose cells are signs, under whatever heading, and say so."""
    free = (n for n in range(len(table.headings)) if n not in where_is.values())
    place = next((n for n in free if _are_signs(table, n)), None)
    if place is not None:
        what = f"“{table.headings[place]}” holds signs, so it was read as the sign of each link."
        builder.guess("", what)
    return place


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
    where_is = builder.said.where_is(LINKS, table, LINK_NAMES)
    if not {"from", "to"} <= set(where_is):
        _ask_for(builder, table, "both ends of its links", "Heading=from", "Heading=to")
        return
    where_is = _with_direction(builder, table, where_is)
    sign_at = where_is.get("sign")
    if sign_at is None:
        sign_at = where_is.get("legend")
    if sign_at is None and _are_signs(table, where_is.get("label")):
        sign_at = where_is["label"]
    if sign_at is None and builder.is_plain_table and not table.proposed:
        sign_at = _signs_by_cells(builder, table, where_is)
    heading = "" if sign_at is None else table.headings[sign_at]
    raws = ["" if sign_at is None else _cell(cells, sign_at) for _, cells in table.rows]
    builder.say_what_pairs_mean(raws, always=pairs)
    meant = "sign" in builder.said.mapping.columns.values() or "sign" in table.proposed
    meant = meant or (builder.is_plain_table and _is_legend(raws))
    signs = builder.said.signs(raws, heading, pairs=pairs, chosen=meant)
    if words := builder.said.no_signs(raws, signs, chosen=meant):
        builder.guess(
            "",
            f"Under '{heading}' stand words that say no sign known here ({listed(words, limit=5)}), so their links have no sign yet. If they are signs, say what they mean.",
        )
    if sign_at is None and table.proposed:
        builder.remark("", "No column says the sign, so no link has one yet.")
    if not (by_key or strict) and _are_numbers(table, where_is):
        builder.guess("", _NUMBERS)
    strengths = _strengths(builder, table, where_is.get("strength"))
    for (where, cells), sign, strength in zip(
        table.rows, signs, strengths, strict=True
    ):
        row = _row(where_is, cells)
        own = {n: at for n, at in where_is.items() if n != "strength" or strength}
        if not any(cells):
            builder.leave_blank()
            continue
        if builder.said.leaves_out(where):
            builder.skip(where, "It was left out, as you said.", " | ".join(cells))
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
            extra=_kept(table.headings, own, cells),
            strength=strength or sign.strength,
            **_link_fields(builder, row, where),
        )


def _strengths(
    builder: MapBuilder, table: Table, at: int | None
) -> list[Strength | None]:
    """Return each row's strength; None = its cell says none, and is kept as it is.

    Of a column whose numbers go beyond 1, "1" is not the strongest: none is read.
    """
    if at is None:
        return [None] * len(table.rows)
    raws = [_cell(cells, at) for _, cells in table.rows]
    sizes = [number_from(raw, decimal_comma=True) for raw in raws]
    scale = any(size and abs(size) > 1 for size in sizes)
    found = [
        None if not raw or (scale and size is not None) else read_strength(raw)
        for raw, size in zip(raws, sizes, strict=True)
    ]
    if strange := list(
        dict.fromkeys(r for r, f in zip(raws, found, strict=True) if r and f is None)
    ):
        builder.remark(
            "",
            f"'{table.headings[at]}' says no strength known here ({listed(strange, limit=5)}). It was kept as it stands.",
        )
    return found


def _are_signs(table: Table, at: int | None) -> bool:
    """Say whether most of what is written on the links is a sign."""
    if at is None:
        return False
    filled = [raw for _, cells in table.rows if (raw := _cell(cells, at))]
    signs = sum(read_sign(raw).polarity is not Polarity.UNKNOWN for raw in filled)
    return 2 * signs > len(filled)


def _is_legend(raws: Sequence[str]) -> bool:
    """Say whether a few words stand again and again, as signs do."""
    filled = [folded(raw) for raw in raws if raw.strip()]
    return len(set(filled)) <= _MOST_SIGNS and 2 * len(set(filled)) <= len(filled)


def _ask_for(builder: MapBuilder, table: Table, what: str, *ways: str) -> None:
    """Leave a table aside until a person says which columns name what it holds."""
    name = f" of '{table.name}'" if table.name else ""
    filled = sum(any(cells) for _, cells in table.rows)
    builder.leave_blank(len(table.rows) - filled)
    builder.set_aside(
        filled, f"No column{name} is known to name {what}, so no row was read."
    )
    builder.said.asks.append(f"Which column{name} names {what}?")
    builder.said.ways += [f"--column '{way}'" for way in ways]


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
    builder: MapBuilder, row: Mapping[str, str], where: str
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
    if row.get("confidence") in set(Confidence):
        fields["confidence"] = Confidence(row["confidence"])
    number = number_from(row.get("mentions"))
    if number is not None and number == int(number):
        fields["mentions"] = int(number)
    return fields


def _with_direction(
    builder: MapBuilder, table: Table, where_is: Mapping[str, int]
) -> dict[str, int]:
    """Take a column that only says whether links are directed, as Gephi's Type, for that."""
    found, at = dict(where_is), where_is.get("sign")
    if at is None or "direction" in found or builder.said.mapping.columns:
        return found
    words = {folded(raw) for _, cells in table.rows if (raw := _cell(cells, at))}
    if words and words <= _DIRECTIONS:
        found["direction"] = found.pop("sign")
    return found


def _are_numbers(table: Table, where_is: Mapping[str, int]) -> bool:
    """Say whether every end of a link is a number."""
    ends = [_cell(cells, where_is[end]) for _, cells in table.rows for end in _ENDS]
    return any(ends) and all(end.isdigit() for end in ends if end)


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
