"""The workbench for maps and figures: tables as they are, and what each thing in them means."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import streamlit as st

from app.components.html_tables import table
from app.components.screen_text import quiet, say
from app.wording import count, label_text, safe_text
from systemmap.model.elements import Factor, Link
from systemmap.model.evidence import Indicator, Observation
from systemmap.model.values import Polarity
from systemmap.vocab import terms

if TYPE_CHECKING:
    from collections.abc import Mapping

    from systemmap.formats import Reading
    from systemmap.formats.import_mapping import ImportMapping

_ROWS, _MENU_ROWS, _SHOWN = 8, 12, 50
_KINDS = {
    "links": "Links, one a row",
    "causes": "Causes, one a row",
    "square": "A square: rows act on columns",
    "square, columns act": "A square: columns act on rows",
    "figures": "Figures",
    "leave out": "Leave out",
}
_SIGNS = {
    "same": "+ same direction",
    "opposite": "− opposite direction",
    "no sign yet": "? no sign yet",
    "no link": "no link at all",
}
_MARKS = {Polarity.SAME: "+", Polarity.OPPOSITE: "−", Polarity.UNKNOWN: "?"}
_FIXED = {
    "indicator": ("What the figures count", "Year 6 obesity"),
    "period": ("Period of every figure", "2024/25"),
    "area name": ("Area of every figure", "Sampleshire"),
    "unit": ("Unit", "%"),
    "source": ("Source", "Sampleshire observatory"),
}


def tables_asked(reading: Reading, said: ImportMapping, key: str) -> ImportMapping:
    """Show the tables of a file, and ask what they, their columns and signs mean."""
    seen = reading.seen
    answer = _parts(seen, said, key)
    tables = seen["tables"]
    chosen = 0
    if len(tables) > 1:
        names = [f"{found['name']} ({found['count']:,})" for found in tables]
        chosen = st.selectbox(
            "Sheet or list",
            range(len(tables)),
            format_func=names.__getitem__,
            key=f"{key}.table",
        )
    if tables:
        answer = _one_table(seen, tables[chosen], answer, key)
    if seen["kind"] == "figures":
        return _fixed(seen, answer, key)
    answer = _signs(seen, answer, key)
    answer = _ends(seen, answer, key)
    return _themes(seen, answer, key)


def _parts(seen: Mapping[str, Any], said: ImportMapping, key: str) -> ImportMapping:
    """Ask which views, pages, maps or areas of the file are wanted."""
    parts = seen["parts"]
    if len(parts) < 2:
        return said
    names = [name for name, *_ in parts]
    counts = {name: number for name, number, *_ in parts}
    wanted = [name for name, _, wants in parts if wants]
    if seen["parts asked"]:
        wanted = []
    picked = st.multiselect(
        label_text(f"Which {seen['part word']}s to take"),
        names,
        default=wanted,
        format_func=lambda name: f"{name} ({counts[name]:,})",
        key=f"{key}.parts",
        select_all=False,
    )
    if set(picked) == set(wanted) or not picked:
        return said
    return replace(said, parts=tuple(picked))


def _one_table(
    seen: Mapping[str, Any], found: dict[str, Any], said: ImportMapping, key: str
) -> ImportMapping:
    kinds = (
        ["figures", "leave out"]
        if seen["kind"] == "figures"
        else [k for k in _KINDS if k != "figures"]
    )
    name, kind = found["name"], found["is"]
    key = f"{key}.{name}"
    picked = st.selectbox(
        "It holds",
        kinds,
        index=kinds.index(kind),
        format_func=_KINDS.__getitem__,
        key=f"{key}.kind",
    )
    if picked != kind:
        said = said.said("tables", name, picked)
    _as_it_is(found, key)
    if not found["menu"]:
        return said
    menu = ["", *found["menu"]]
    for place, (heading, meaning) in enumerate(
        zip(found["headings"], found["meanings"], strict=True)
    ):
        chosen = st.selectbox(
            label_text(f"Column {place + 1}, {heading or 'no heading'}"),
            menu,
            index=menu.index(meaning) if meaning in menu else 0,
            format_func=lambda word: word[:1].upper() + word[1:] or "Kept beside it",
            key=f"{key}.column.{place}",
        )
        if chosen != (meaning if meaning in menu else ""):
            said = _one_each(said, found, place, chosen)
    return said


def _one_each(
    said: ImportMapping, found: dict[str, Any], place: int, meaning: str
) -> ImportMapping:
    """Give a column a meaning; another of its table that had the same one loses it."""
    if meaning in found["single"]:
        own = set(found["keys"])
        kept = {k: m for k, m in said.columns.items() if k not in own or m != meaning}
        said = replace(said, columns=kept)
    return said.said("columns", found["keys"][place], meaning or "kept")


def takes_over(reading: Reading, before: ImportMapping, after: ImportMapping) -> bool:
    """Say whether a column was given a meaning that another column had."""
    given = {m for key, m in after.columns.items() if before.columns.get(key) != m}
    return any(
        given & set(found["single"]) & set(found["meanings"])
        for found in reading.seen["tables"]
    )


def _as_it_is(found: dict[str, Any], key: str) -> None:
    rows = found["rows"]
    pages = max(1, -(-len(rows) // _ROWS))
    page = 0
    if pages > 1:
        page = (
            st.number_input(
                f"Page (of {pages})", 1, pages, key=f"{key}.page", width=160
            )
            - 1
        )
    headings = [h or f"Column {n}" for n, h in enumerate(found["headings"], 1)]
    headings = [
        h if headings.index(h) == n else f"{h} ({n + 1})"
        for n, h in enumerate(headings)
    ]
    table(
        (
            {"Where": where}
            | {h: cells[n] if n < len(cells) else "" for n, h in enumerate(headings)}
            for where, cells, _ in rows[page * _ROWS :][:_ROWS]
        ),
        alt="The rows of the file as they are",
    )


def _signs(seen: Mapping[str, Any], said: ImportMapping, key: str) -> ImportMapping:
    """Ask what each sign of the file means; one that nobody knows is not preset."""
    signs = [sign for sign in seen["signs"] if sign[0] or len(seen["signs"]) > 1]
    if not signs:
        return said
    st.subheader("What each sign means", anchor=False)
    for word, raw, number, meaning, asks in signs[:_MENU_ROWS]:
        order = list(_SIGNS)
        picked = st.selectbox(
            label_text(f"{raw or 'no sign written'}, {count(number, 'link')}"),
            order,
            index=None if asks else order.index(meaning),
            format_func=_SIGNS.__getitem__,
            placeholder="Say what it means",
            key=f"{key}.sign.{word}",
        )
        if picked and (asks or picked != meaning):
            said = said.said("signs", word, picked)
    if len(signs) > _MENU_ROWS:
        quiet(f"And {len(signs) - _MENU_ROWS} more, which stand less often.")
    return said


def _ends(seen: Mapping[str, Any], said: ImportMapping, key: str) -> ImportMapping:
    if not seen["ends"]:
        return said
    picked = st.radio(
        "Links name their ends by",
        ["name", "id"],
        index=["name", "id"].index(seen["ends"]),
        horizontal=True,
        key=f"{key}.ends",
    )
    return said if picked == seen["ends"] else replace(said, ends=picked)


def _themes(seen: Mapping[str, Any], said: ImportMapping, key: str) -> ImportMapping:
    """Ask which theme each type of the file is."""
    types = seen["types"][:_MENU_ROWS]
    if not types:
        return said
    st.subheader("Which theme each type is", anchor=False)
    known = [term.label for term in terms("themes").values()]
    for word, raw, number, theme in types:
        menu = list(dict.fromkeys([raw, theme, *known, "no theme"]))
        picked = st.selectbox(
            label_text(f"{raw}, {count(number, 'cause')}"),
            menu,
            index=menu.index(theme),
            key=f"{key}.type.{word}",
        )
        if picked != theme:
            said = said.said("themes", word, picked)
    return said


def _fixed(seen: Mapping[str, Any], said: ImportMapping, key: str) -> ImportMapping:
    """Ask for what no column says: it is the same for every row."""
    meant = {m for found in seen["tables"] for m in found["meanings"]}
    of_heading = {
        "period": "value in the period",
        "indicator": "value of the indicator",
    }
    for what in seen["fixed"]:
        by_heading = any(m.startswith(of_heading.get(what, "-")) for m in meant)
        if (
            what in meant
            or by_heading
            or (what == "area name" and "area code" in meant)
        ):
            continue
        label, example = _FIXED[what]
        value = st.text_input(
            label,
            value=said.fixed.get(what, ""),
            placeholder=example,
            max_chars=120,
            key=f"{key}.fixed.{what}",
        ).strip()
        if value != said.fixed.get(what, ""):
            rest = {name: kept for name, kept in said.fixed.items() if name != what}
            said = replace(said, fixed=rest | ({what: value} if value else {}))
    return said


# -- what it becomes -------------------------------------------------------------------


def tables_become(reading: Reading) -> None:
    """Show the causes and links, or the figures, that the tables become."""
    for question in reading.asks[:_MENU_ROWS]:
        st.warning(safe_text(question), icon=":material/help:")
    say(f"{reading.sums}.")
    if reading.seen["kind"] == "figures":
        _figures(reading)
    else:
        _map(reading)


def _map(reading: Reading) -> None:
    names = {r.id: r.label for r in reading.records if isinstance(r, Factor)}
    links = [r for r in reading.records if isinstance(r, Link)]
    say(f"{count(len(names), 'cause')} and {count(len(links), 'link')}.")
    if links:
        table(
            (
                {
                    "From": names.get(link.source, link.source),
                    "Sign": _MARKS[link.polarity],
                    "To": names.get(link.target, link.target),
                    "Slow": {True: "yes", False: "no", None: ""}[link.delay],
                }
                for link in links[:_SHOWN]
            ),
            alt="The links the file becomes",
        )
    elif names:
        table(
            ({"Cause": name} for name in list(names.values())[:_SHOWN]),
            alt="The causes the file becomes",
        )
    if len(links) > _SHOWN:
        quiet(f"And {len(links) - _SHOWN:,} more.")


def _figures(reading: Reading) -> None:
    names = {r.id: r for r in reading.records if isinstance(r, Indicator)}
    figures = [r for r in reading.records if isinstance(r, Observation)]
    say(f"{count(len(figures), 'figure')} of {count(len(names), 'indicator')}.")
    if figures:
        table(
            (
                {
                    "Area": f.area_name or f.area_code,
                    "Indicator": names[f.indicator_id].name,
                    "Period": f.period,
                    "Figure": f.value_note
                    if f.value is None
                    else f"{f.value:g} {names[f.indicator_id].unit}".strip(),
                }
                for f in figures[:_SHOWN]
            ),
            alt="The figures the file becomes",
        )
    if len(figures) > _SHOWN:
        quiet(f"And {len(figures) - _SHOWN:,} more.")
