"""Notes from a photo: parted, corrected by hand, then typed beside their pictures."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import streamlit as st

from app.components.screen_text import quiet, say, section
from app.presses import pressed
from app.wording import count, safe_text
from systemmap.errors import SystemMapError
from systemmap.formats.photos.bounded_photos import cuts_within, picture_bytes
from systemmap.formats.photos.cuts import joined, split
from systemmap.formats.reading.limits import LIMITS
from systemmap.model.workshop import NotePicture, WorkshopTable
from systemmap.workshops.note_pictures import (
    keep_photo,
    keep_typed,
    waiting_pictures,
)
from systemmap.workshops.running import tables_of
from systemmap.workshops.typed_blocks import typed_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from app.workspace import Workspace
    from systemmap.formats.photos.cuts import Cut, PhotoCuts
    from systemmap.model.workshop import Workshop

_AT_ONCE = 12  # pictures typed in one form
_WIDE = 260  # pixels of a note


def photo_notes(
    workspace: Workspace, workshop: Workshop, kinds: Mapping[str, str]
) -> None:
    """Draw what waits to be typed, then the place for a photo."""
    waiting = waiting_pictures(workspace.programme, workshop.id)
    if waiting:
        _to_type(workspace, workshop, waiting, kinds)
    section("A photo of a wall, or of table sheets")
    quiet(
        "The photo is parted into its notes on this computer, and you type what stands on each. "
        "No handwriting is guessed. Where and with what it was taken is not kept."
    )
    form = workspace.fresh("photo")
    upload = st.file_uploader(
        "Photo (JPEG or PNG)",
        key=f"{form}.file",
        max_upload_size=LIMITS.photo_bytes // 1_000_000,
    )
    if upload is None:
        return
    data = upload.getvalue()
    photo = hashlib.sha256(data).hexdigest()[:20]
    try:
        found = _found(workspace, data, photo)
    except SystemMapError as error:
        workspace.explain(error)
        return
    _to_correct(workspace, workshop, data, photo, found)


def _found(workspace: Workspace, data: bytes, photo: str) -> PhotoCuts:
    """Return the cuts of a photo as they were last corrected in this tab."""
    nothing: tuple[str, PhotoCuts | None] = ("", None)
    name, kept = workspace.recall("photo.cuts", nothing)
    if name == photo and kept is not None:
        return kept
    with st.spinner("Looking for the notes"):
        found = cuts_within(data)
    workspace.remember("photo.cuts", (photo, found))
    return found


def _to_correct(
    workspace: Workspace, workshop: Workshop, data: bytes, photo: str, found: PhotoCuts
) -> None:
    """Show each cut with its buttons: join, split, leave out; then keep them all."""
    cuts = list(found.cuts)
    tables = {t.id: t.name for t in tables_of(workspace.programme, workshop.id)}
    names = list(tables.values())
    blank = f", {count(found.blank, 'box', 'boxes')} blank" if found.blank else ""
    say(
        f"{count(len(cuts), 'note')} found{blank}. Join what was cut in two and split what are two; then keep them."
    )
    table_id = None
    if not found.sheet and tables:
        table_id = st.selectbox(
            "Table", list(tables), format_func=tables.__getitem__, key="photo.table"
        )
    if pressed(
        st.button,
        f"Keep {count(len(cuts), 'picture')} to type",
        key=f"photo.keep.{photo}",
        type="primary",
        disabled=not cuts,
    ):
        with workspace.editing(
            f"Keep {count(len(cuts), 'note')} from a photo", form="photo"
        ) as draft:
            keep_photo(draft, workshop, cuts, photo=photo, table_id=table_id)
    columns = st.columns(3)
    for number in range(len(cuts)):
        with columns[number % 3], st.container(border=True):
            _one_cut(
                workspace, data, photo, cuts, number, names, found.height / found.width
            )


def _one_cut(
    workspace: Workspace,
    data: bytes,
    photo: str,
    cuts: list[Cut],
    number: int,
    tables: Sequence[str],
    tall_by_wide: float,
) -> None:
    cut = cuts[number]
    turn = workspace.recall("photo.turn", 0)  # what was pressed is pressed once
    key = f"photo.{photo[:8]}.{turn}.{number}"
    tall = (cut.bottom - cut.top) * tall_by_wide / max(cut.right - cut.left, 1e-6)
    width = round(_WIDE / max(tall, 1.0))  # no note taller than it may be wide
    st.image(
        picture_bytes(cut.picture), width=width, alt=f"Note {number + 1} of the photo"
    )
    where = f", {tables[cut.table]}" if 0 <= cut.table < len(tables) else ""
    quiet(f"Note {number + 1}{f', {cut.colour}' if cut.colour else ''}{where}")
    others = [n for n in range(len(cuts)) if n != number]
    with st.container(horizontal=True):
        beside = pressed(st.button, "Split left and right", key=f"{key}.across")
        above = pressed(st.button, "Split top and bottom", key=f"{key}.down")
        out = pressed(st.button, "Leave out", key=f"{key}.out")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        partner = st.selectbox(
            f"Join note {number + 1} with",
            others,
            index=min(number, len(others) - 1) if others else None,
            format_func=lambda n: f"Note {n + 1}",
            key=f"{key}.partner",
            width=150,
        )
        join = pressed(st.button, "Join", key=f"{key}.join", disabled=partner is None)
    if beside or above:
        _corrected(workspace, data, photo, split(cuts, number, across=beside))
    if out:
        _corrected(workspace, data, photo, [c for c in cuts if c is not cut])
    if join and partner is not None:
        _corrected(workspace, data, photo, joined(cuts, number, partner))


def _corrected(
    workspace: Workspace, data: bytes, photo: str, cuts: Sequence[Cut]
) -> None:
    """Cut the photo again where a person said, and draw anew."""
    try:
        found = cuts_within(data, cuts)
    except SystemMapError as error:
        workspace.explain(error)
        return
    workspace.remember("photo.cuts", (photo, found))
    workspace.remember("photo.turn", workspace.recall("photo.turn", 0) + 1)
    workspace.speak(f"Now {count(len(found.cuts), 'note')}.")
    st.rerun()


def _to_type(
    workspace: Workspace,
    workshop: Workshop,
    waiting: Sequence[NotePicture],
    kinds: Mapping[str, str],
) -> None:
    """Show the first pictures that wait, each beside its field, in reading order."""
    section(f"{count(len(waiting), 'note')} to type")
    shown = waiting[:_AT_ONCE]
    tables = workspace.programme.all(WorkshopTable)
    colours = list(dict.fromkeys(p.colour for p in waiting if p.colour))
    meant: dict[str, str] = {}
    if colours:
        with st.container(horizontal=True):
            for colour in colours:
                meant[colour] = st.selectbox(
                    safe_text(f"{colour.capitalize()} notes are"),
                    list(kinds),
                    format_func=kinds.__getitem__,
                    key=f"photo.kind.{colour}",
                    width=200,
                )
    form = workspace.fresh("photo_type")
    texts: dict[str, str] = {}
    with st.form(form, border=False):
        for number, picture in enumerate(shown, 1):
            left, right = st.columns([1, 2], vertical_alignment="center")
            pixels = picture_bytes(picture.picture)
            where = tables[picture.table_id].name if picture.table_id else "No table"
            if pixels:
                left.image(pixels, width=_WIDE, alt=f"Note {number}, as it was written")
            else:
                left.markdown("The picture was removed.")
            named = ", ".join(filter(None, (where, picture.colour)))
            texts[picture.id] = right.text_area(
                f"Note {number} ({safe_text(named)})",
                height=90,
                key=f"{form}.{picture.id}",
            )
        sent = pressed(
            st.form_submit_button,
            "Keep what is typed",
            type="primary",
            key=f"{form}.send",
        )
    if len(waiting) > len(shown):
        quiet(f"{len(waiting) - len(shown)} more follow when these are kept.")
    with st.expander("Remove pictures that are no notes"):
        gone = st.multiselect(
            "Pictures",
            [p.id for p in shown],
            format_func=lambda i: f"Note {[p.id for p in shown].index(i) + 1}",
            key=f"{form}.gone",
            select_all=False,
        )
        removed = pressed(
            st.button,
            f"Remove {count(len(gone), 'picture')}",
            key=f"{form}.remove",
            disabled=not gone,
        )
    if sent:
        _keep(workspace, workshop, texts, meant)
    if removed:
        with workspace.editing(f"Remove {count(len(gone), 'picture')}") as draft:
            for picture_id in gone:
                draft.remove(NotePicture, picture_id)


def _keep(
    workspace: Workspace,
    workshop: Workshop,
    texts: Mapping[str, str],
    kinds: Mapping[str, str],
) -> None:
    filled = sum(bool(text.strip()) for text in texts.values())
    if not filled:
        say("Nothing is typed yet. Type what stands on a note, then keep it.")
        return
    with workspace.editing(
        f"Type {count(filled, 'note')} from a photo", form="photo_type"
    ) as draft:
        made = keep_typed(draft, workshop, texts, kinds=kinds)
        workspace.say(f"{typed_of(made).sentence('')}.")
