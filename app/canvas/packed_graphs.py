"""The graph of a map as the canvas needs it, kept by revision and already compressed."""

from __future__ import annotations

import gzip
import json
from dataclasses import asdict
from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from app.analyses import analysis_of, gaps_of
from app.kept_answers import KeptAnswers
from app.programmes import programmes_of
from app.settings import address_of
from systemmap.drawing.engine import engine_script
from systemmap.drawing.factor_card import CardItem, CardPart, card_of
from systemmap.drawing.interactive import canvas_data, notes
from systemmap.drawing.styles import looks
from systemmap.drawing.told_loops import told_loops
from systemmap.drawing.web_files import web_names, web_text
from systemmap.formats.drawn_maps import drawn_map
from systemmap.language.menu_words import words_of
from systemmap.language.phrases import day
from systemmap.model.values import now

if TYPE_CHECKING:
    from datetime import date

    from systemmap.model.programme import Programme
    from systemmap.store import ProgrammeStore

SCREEN_SCRIPT = "map_screen.js"
_GRAPHS: KeptAnswers[bytes] = KeptAnswers(most=64)
_LOOPS: KeptAnswers[bytes] = KeptAnswers(most=32)
_CHANGES = 5
"""Changes that a card tells, the newest first."""
_TOLD = ("factor", "action", "asset")
"""Kinds of records that have a history of their own."""


def graph(
    store: ProgrammeStore,
    programme_id: str,
    map_id: str,
    revision: int,
    today: date,
    *,
    register: bool = False,
    shape: str = "",
) -> bytes:
    """Return one map at one revision as gzipped JSON, arranged for a shape of canvas.

    With `register`, the programme's actions and assets by name too, to tie
    them to factors; tablets in the room do not get them.

    Raises
    ------
    ProgrammeNotFound, UnknownItem
        No such programme, no such map.
    """

    def packed() -> bytes:
        programme = programmes_of(store).at(programme_id, revision)
        data = graph_data(programme, map_id, today=today, shape=shape)
        own = {"register": _register(programme)} if register else {}
        return _packed(data | own)

    question = (map_id, today, register, shape)
    return _GRAPHS.answer((store, programme_id), revision, question, packed)


def _register(programme: Programme) -> dict[str, list[dict[str, str]]]:
    """Return what can be tied to a factor, by name."""
    actions = [(a.title, a.id) for a in programme.actions.values()]
    assets = [(a.name, a.id) for a in programme.assets.values()]
    return {
        kind: [
            {"id": key, "name": name}
            for name, key in sorted(found, key=lambda f: (f[0].casefold(), f[1]))
        ]
        for kind, found in (("actions", actions), ("assets", assets))
    }


def loops(
    store: ProgrammeStore, programme_id: str, map_id: str, revision: int
) -> bytes:
    """Return the loops of one map at one revision, in words, as gzipped JSON.

    Raises
    ------
    ProgrammeNotFound, UnknownItem
        No such programme, no such map.
    """

    def packed() -> bytes:
        programme = programmes_of(store).at(programme_id, revision)
        told = told_loops(analysis_of(store, programme, map_id))
        return _packed({"rev": revision, **asdict(told)})

    return _LOOPS.answer((store, programme_id), revision, map_id, packed)


def card(
    store: ProgrammeStore,
    programme_id: str,
    map_id: str,
    about: str,
    revision: int,
    today: date,
) -> bytes:
    """Return what a card says, a cause's with its latest changes, as gzipped JSON.

    Raises
    ------
    ProgrammeNotFound, UnknownItem
        No such programme, no such map, or nothing of that name on it.
    """
    programme = programmes_of(store).at(programme_id, revision)
    gaps = gaps_of(store, programme, map_id, today)
    found = card_of(programme, map_id, about, gaps=gaps)
    kind, _, key = about.partition(":")
    parts = list(found.parts)
    if kind in _TOLD:
        row = (kind, f"{map_id}/{key}" if kind == "factor" else key)
        changes = store.history(programme_id, key=row)[:_CHANGES]
        history = (f"{day(c.at.astimezone())}: {c.label}" for c in changes)
        items = tuple(CardItem(words) for words in history)
        parts += [CardPart(title="How it came to be", items=items)] if items else []
    return _packed(
        {"rev": revision, **asdict(found), "parts": [asdict(p) for p in parts]}
    )


def _packed(data: dict[str, Any]) -> bytes:
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return gzip.compress(text.encode(), compresslevel=5)


def graph_data(
    programme: Programme, map_id: str, *, today: date, shape: str = ""
) -> dict[str, Any]:
    """Return one map with its styles, its themes to choose from, and its revision."""
    scene, caption = drawn_map(programme, map_id, at=today)
    named = words_of(programme, "themes")
    return {
        **canvas_data(scene, shape),
        "looks": looks(),
        "rev": programme.revision,
        "covered": scene.covered,
        "name": scene.name,
        "notes": notes(caption),
        "theme_choices": [
            {"key": key, "name": name} for key, name in named.items() if key
        ],
    }


def engine_address() -> str:
    """Return where the engine lies: its hash is in the address, so it is kept for ever."""
    return address_of(f"/room/engine/{_engine_mark()}.js")


@cache
def _engine_mark() -> str:
    return sha256(engine_script().encode()).hexdigest()[:20]


def web_address(name: str) -> str:
    """Return where one of the canvas's own files lies; all their hashes are in the address."""
    return address_of(f"/room/web/{_fingerprint()}/{name}")


@cache
def _fingerprint() -> str:
    whole = "".join(web_text(name) for name in web_names())
    return sha256(whole.encode()).hexdigest()[:20]


def today() -> date:
    """Return the day on this computer."""
    return now().astimezone().date()


def screen_scripts() -> tuple[str, str]:
    """Return where the canvas of the Map screen and its engine lie."""
    return web_address(SCREEN_SCRIPT), engine_address()
