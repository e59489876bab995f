"""Whatever reads a stranger's text in this process, run on texts made to take long.

Files: short plain text is read here, the rest by a worker that may be killed.
Rooms: every field of every form, as a phone sends it. Acts: every act of a canvas,
as a tablet sends it. Words: what is typed on a screen, or read out of a file.
"""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote_plus

from benchmarks._hostile_texts import PUMPS, aimed, marks, repeated
from systemmap.errors import SystemMapError
from tests.sizes import WHOLE

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parents[2]


# -- words: one function after the other -------------------------------------------


def _cleaned(text: str) -> None:
    from systemmap.model.text import clean, clean_label, folded, slug

    clean(text)
    clean_label(text)
    folded(text)
    slug(text, {"a", "b"})


def _held(text: str) -> None:
    from systemmap.language.personal_details import why_held
    from systemmap.workshops.notes import lines_from

    why_held(text)
    lines_from(text)


def _plan_words(text: str) -> None:
    from systemmap.model.due import read_due
    from systemmap.model.owners import read_owners
    from systemmap.model.progress import read_progress

    read_due(text)
    read_owners(text)
    read_progress(text)


NAMES = 2_000 if WHOLE else 150  # that a map may have


def _not_found(text: str) -> None:
    from systemmap.errors import UnknownItem

    known = [text[:1_900], *(f"{text[:60]}{n}" for n in range(NAMES))]
    UnknownItem.named("factor", text, known)
    UnknownItem.named("factor", text[:99], known)


def _signed(text: str) -> None:
    from app.signing import NotSigned, opened

    for word in (text, f"{text}.{text}", f".{text}.a"):
        try:
            opened(b"secret", "ticket", word)
        except NotSigned:
            continue


def _alike(text: str) -> None:
    from systemmap.analysis.lookalikes import find_lookalikes
    from systemmap.model.elements import Factor

    size = 1_000  # characters of one note
    notes = [text[n : n + size] for n in range(0, len(text), size)]
    find_lookalikes(
        [Factor(id=f"n{n}", label=note) for n, note in enumerate(notes) if note.strip()]
    )


WORDS: dict[str, Callable[[str], None]] = {
    "cleaning": _cleaned,
    "personal details": _held,
    "plan cells": _plan_words,
    "not found": _not_found,
    "signed words": _signed,
    "look-alikes": _alike,
}


# -- rooms and acts ------------------------------------------------------------------


@cache  # it reads every module of the folder, and each piece of work asks
def fields(folder: str, method: str) -> list[str]:
    """Return the names that the modules of a folder ask for by this method."""
    asked = {
        call.args[0].value
        for path in (ROOT / folder).glob("*.py")
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Attribute)
        and call.func.attr == method
        and call.args
        and isinstance(call.args[0], ast.Constant)
    }
    return sorted(name for name in asked if isinstance(name, str))


@cache
def _phone() -> tuple[object, str]:
    from starlette.applications import Starlette
    from starlette.testclient import TestClient

    from app.programmes import programmes_of
    from app.rooms import routes
    from app.rooms._venue import Venue
    from systemmap.store.memory import MemoryStore
    from tests.rooms.conftest import EDITOR, SECRET, Phone, town

    store = MemoryStore()
    store.create(town(), actor=EDITOR)
    venue = Venue(programmes_of(store), SECRET)
    app = Starlette(routes=routes(lambda: venue))
    phone = Phone(
        TestClient(app, base_url="http://127.0.0.1", client=("192.168.1.50", 1))
    )
    phone.join()
    return phone, phone.hidden("token")


def post(room: str, text: str) -> int:
    """Send one form that holds as much of a text as a form may, in every field."""
    from app.rooms import ROOMS
    from app.rooms._forms import BODY_LIMIT
    from app.rooms.proposals import FIELDS

    phone, token = _phone()
    path = ROOMS[room].path.format(programme="testtown", workshop="w1")
    names = sorted({*fields("app/rooms", "sent"), *FIELDS} - {"key", "token", "list"})
    cost = len(quote_plus(text[:3_000])) / len(text[:3_000])
    share = text[: int((BODY_LIMIT - 10_000) / cost / (len(names) + 6))]
    sent = dict.fromkeys(names, share) | {"token": token, "sign": "more"}
    for extra in ({"text": share * 6}, {"text": share * 6, "list": "1"}):
        answer = phone.client.post(path, data=sent | extra)
        assert answer.status_code != 413, "the form was too long to be read"
    for name in fields("app/rooms", "asked") if WHOLE or text[:1] == "a" else ():
        phone.client.get(path, params={name: share[:2_000]})
    return answer.status_code


@cache
def _tablet() -> tuple[object, object]:
    from systemmap.store import Actor
    from systemmap.store.memory import MemoryStore
    from systemmap.testing import map_from, programme_of

    store = MemoryStore()
    actor = Actor("this computer", "admin")
    store.create(programme_of(map_from("stress -> snacking +\n sleep")), actor=actor)
    return store, actor


def act(name: str, text: str) -> None:
    """Send one act whose every value is a text, or a list of texts."""
    from app.canvas.live import LONGEST
    from systemmap.editing.canvas_operations import apply_ops

    store, actor = _tablet()
    names = fields("systemmap/editing", "get")
    share = text[: LONGEST // len(names)]
    for values in (
        dict.fromkeys(names, share),
        {"ids": [share] * 3, "id": "stress", "label": text},
    ):
        op = {"nonce": "n", "seq": 1, "op": name, **values}
        apply_ops(store, "testtown", "main", [op], actor=actor)


# -- one piece of work ---------------------------------------------------------------

# twice as long as the longer: python -m benchmarks worst_texts
LENGTH = 100_000 if WHOLE else 60_000


@cache
def words(n: int = LENGTH) -> dict[str, str]:
    """Return what a stranger may type, by name."""
    return {"marks": marks(n)} | {repr(pump): repeated(pump, n) for pump in PUMPS}


@cache
def _files() -> dict[str, bytes]:
    return {hostile.name: hostile.data for hostile in aimed(LENGTH)}


def work(piece: list[str]) -> None:
    """Let one reader read one text: what a process of its own is asked to do."""
    from systemmap.formats import FORMATS, Sighting, recognise

    kind, reader, name = piece
    try:
        if kind == "file" and reader == "recognise":
            recognise(_files()[name], "text")
        elif kind == "file":
            FORMATS[reader].read(Sighting(_files()[name], "text"))
        elif kind == "room":
            post(reader, words()[name])
        elif kind == "act":
            act(reader, words()[name])
        else:
            WORDS[reader](words()[name])
    except SystemMapError:
        return
