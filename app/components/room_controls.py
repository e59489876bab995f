"""The door of a room that is closed: where phones find it, its check, its cards."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import streamlit as st

from app import settings
from app.canvas import room_check, tickets
from app.components.screen_text import quiet, say
from app.presses import pressed
from systemmap.workshops.join_words import spoken
from systemmap.workshops.qr import qr_svg
from systemmap.workshops.running import open_room, prepare_cards

if TYPE_CHECKING:
    from app.workspace import Workspace
    from systemmap.model.workshop import Workshop


def the_door(workspace: Workspace, workshop: Workshop, *, again: bool = False) -> None:
    """Open the room, or lead back to it while it is open.

    `again` = it was open before, so that this is no longer the next thing to do.
    """
    if not workshop.open:
        _open_form(workspace, workshop, again=again)
        return
    say("The room is open.")
    if pressed(st.button, "Run the room", type="primary", key="run.back"):
        workspace.go("workshops")


def _open_form(workspace: Workspace, workshop: Workshop, *, again: bool) -> None:
    printed = str(workshop.extra.get("address", ""))
    choices = list(dict.fromkeys(filter(None, (printed, *_addresses()))))
    address = st.selectbox(
        "Address for phones",
        choices,
        key="run.address",
        accept_new_options=True,
        help=None,
        width=420,
    )
    address = address or choices[0]
    if urlsplit(address).hostname in settings.LOOPBACK_HOSTS:
        quiet(_only_here())
    else:
        _check_first(address, workspace, workshop)
    with st.container(horizontal=True):
        opening = pressed(
            st.button,
            "Open the room",
            type="secondary" if again else "primary",
            key="run.open",
            icon=":material/door_open:",
        )
        same = workshop.join_words and printed == address
        making = not same and pressed(
            st.button,
            "Make the table cards",
            key="run.cards",
            icon=":material/qr_code:",
        )
    if workshop.join_words:
        words = spoken(workshop.join_words)
        quiet(
            f"The words on the cards: {words}. They let people in once the room is open."
        )
    if opening:
        with workspace.editing("Open the room") as draft:
            open_room(draft, workshop.id, address=address)
    if making:
        with workspace.editing("Make the table cards") as draft:
            prepare_cards(draft, workshop.id, address=address)


def _only_here() -> str:
    """Say that no phone comes in by a loopback address, and what to do about it."""
    told = "No phone can open this address: it leads to this computer itself."
    if settings.current().workshop:
        return f"{told} Choose another one before cards are printed."
    return (
        f"{told} Close systemmap and start it with: systemmap --workshop. Then choose "
        "this computer's address here, check it with a phone, and print the cards."
    )


def _check_first(address: str, workspace: Workspace, workshop: Workshop) -> None:
    """Show the code with which a phone checks the room before people come."""
    key = f"run.check.{workspace.id}.{workshop.id}"
    held = str(st.session_state.get(key, ""))
    secret = workspace.store.secret()
    if tickets.half_spent(
        secret, held
    ):  # kept over runs, so that the picture stays still
        held = room_check.new_code(secret, workspace.id, workshop.id)
        st.session_state[key] = held
    check = room_check.check_address(address, held)
    told = "QR code that checks the room"
    code, words = st.columns([1, 5], vertical_alignment="center")
    with code:
        st.image(qr_svg(check, told), width=200, alt=told)
    with words:
        quiet(
            "Check it first: scan this with a phone that uses the room's Wi-Fi. "
            "It lets nobody into the room, and works for an hour."
        )


def _addresses() -> list[str]:
    """Return the addresses under which phones may find this server, likeliest first."""
    if settings.current().public:
        return [settings.current().public]
    port = st.get_option("server.port")
    hosts = settings.current().hosts - settings.LOOPBACK_HOSTS
    numbers = sorted(h for h in hosts if h[:1].isdigit() and not h.startswith("127."))
    names = sorted(h for h in hosts if not h[:1].isdigit() and not h.startswith("["))
    return [f"http://{host}:{port}" for host in (*numbers, *names, "127.0.0.1")]
