"""Which workshop the workshop screens are about: chosen once, the same on all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from app.components.screen_text import empty, finding
from app.presses import pressed
from systemmap.language.phrases import day
from systemmap.model.workshop import Workshop

if TYPE_CHECKING:
    from datetime import date

    from app.workspace import Workspace


def pick_workshop(workspace: Workspace, screen: str) -> Workshop | None:
    """Let people choose a workshop; without any, show the way to plan one.

    One that is open comes first, then those already held, the latest first,
    then those still to come, the next one first.
    """
    known = workspace.programme.all(Workshop)
    if not known:
        empty(
            "No workshop is planned yet.",
            "Plan a workshop",
            lambda: workspace.go("workshops"),
            key=f"{screen}.plan",
            icon=":material/add:",
        )
        return None
    if len(known) == 1:
        return next(iter(known.values()))
    ids = sorted(known, key=lambda i: _turn(known[i], workspace.today))
    remembered = workspace.recall("workshop", ids[0])
    chosen = st.selectbox(
        "Workshop",
        ids,
        index=ids.index(remembered) if remembered in ids else 0,
        format_func=lambda i: _named(known[i]),
        key=f"{screen}.workshop",
        width=520,
    )
    workspace.remember("workshop", chosen)
    return known[chosen]


def pick_closed(workspace: Workspace, screen: str) -> Workshop | None:
    """Let people choose a workshop; one whose room is open is run from its one screen."""
    workshop = pick_workshop(workspace, screen)
    if workshop is None or not workshop.open:
        return workshop
    finding(f"{workshop.title} is open: it is run from one screen.")
    if pressed(st.button, "Run the room", type="primary", key=f"{screen}.run"):
        workspace.go("workshops")
    return None


def _turn(workshop: Workshop, today: date) -> tuple[int, int]:
    if workshop.open:
        return 0, 0
    if workshop.on is None:
        return 3, 0
    days = (workshop.on - today).days
    return (1, -days) if days <= 0 else (2, days)


def _named(workshop: Workshop) -> str:
    on = f", {day(workshop.on)}" if workshop.on else ""
    return f"{workshop.title}{on}{' · open now' if workshop.open else ''}"
