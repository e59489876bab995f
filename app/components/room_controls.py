"""Open and close the room, what phones may do, the agenda's clock, the big screen."""

from __future__ import annotations

from dataclasses import replace
from datetime import time
from typing import TYPE_CHECKING

import streamlit as st

from app import settings
from app.canvas import room_check, tickets
from app.components.screen_text import quiet, say, section
from app.server import guesses
from app.wording import count, safe_text
from systemmap.model.values import now
from systemmap.model.workshop import Workshop
from systemmap.workshops.agenda import (
    add_minutes,
    begin_step,
    go_on,
    pause,
    running,
    starts,
)
from systemmap.workshops.join_words import join_address, spoken
from systemmap.workshops.qr import qr_svg
from systemmap.workshops.running import (
    change_words,
    close_room,
    open_room,
    prepare_cards,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.workspace import Workspace

ROOM_WORDS = {
    "capture": "Say causes",
    "links": "Say what leads to what",
    "draw": "Draw on the table's map",
    "vote": "Vote",
    "proposals": "Say what we could do",
}
_SCREEN_HOURS = 12
_LOOK_EVERY = 10.0  # seconds
SCREEN_WORDS = {
    "welcome": "Welcome and QR code",
    "agenda": "Agenda",
    "wall": "Wall of notes",
    "links": "Links that were said",
    "vote": "Vote",
    "focus": "One part of the map",
    "proposals": "Ideas",
    "thanks": "Thank you",
}


def the_door(workspace: Workspace, workshop: Workshop) -> None:
    """Open the room, show how people get in, or close it."""
    if not workshop.open:
        _open_form(workspace, workshop)
        return
    address = _address(workshop)
    code, words = st.columns([1, 3], vertical_alignment="center")
    with code:
        join = join_address(address, workshop.join_words)
        told = f"QR code that opens {join}"
        st.image(qr_svg(join, told), width=180, alt=told)
    with words:
        st.markdown(f"**{safe_text(spoken(workshop.join_words))}**")
        say(f"at {address.partition('://')[2]}/j")
        if not settings.current().workshop:
            st.warning(
                "Only this computer can reach the room now. Close systemmap and start it "
                "with: systemmap --workshop. Then phones on this network can join.",
                icon=":material/wifi_off:",
            )
        _door_buttons(workspace, workshop)
    st.fragment(_guessing, run_every=_LOOK_EVERY)()


def _guessing() -> None:
    """Tell the facilitator when somebody guesses the words, and what stops it."""
    seen = guesses.heard.lately()
    if seen.tries < guesses.NOTICED:
        return
    places = count(seen.places, "phone or network", "phones or networks")
    st.warning(
        f"Somebody may be guessing the words: {seen.tries:,} wrong tries in the last "
        f"{seen.minutes} minutes, from {places}. They have to wait longer each time; "
        "people with the right words still get in. “Change the words” stops it at once: "
        "those who are in stay in, and cards printed before no longer work.",
        icon=":material/pin:",
    )


def _open_form(workspace: Workspace, workshop: Workshop) -> None:
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
    _check_first(address, workspace, workshop)
    with st.container(horizontal=True):
        opening = st.button(
            "Open the room", type="primary", key="run.open", icon=":material/door_open:"
        )
        same = workshop.join_words and printed == address
        making = not same and st.button(
            "Make the table cards", key="run.cards", icon=":material/qr_code:"
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


def _door_buttons(workspace: Workspace, workshop: Workshop) -> None:
    with st.container(horizontal=True):
        st.link_button(
            "Open the big screen",
            _screen_address(workspace, workshop),
            icon=":material/present_to_all:",
            type="primary",
        )
        st.link_button("Check the room", "/room/check", icon=":material/network_check:")
        if st.button("Change the words", key="run.words", icon=":material/sync:"):
            with workspace.editing("Change the join words") as draft:
                change_words(draft, workshop.id)
        if st.button("Close the room", key="run.close", icon=":material/door_front:"):
            with workspace.editing("Close the room") as draft:
                close_room(draft, workshop.id)


def what_is_open(workspace: Workspace, workshop: Workshop) -> None:
    """Choose what phones may do now and what the big screen shows."""
    section("Now")
    chosen = st.pills(
        "On phones",
        list(ROOM_WORDS),
        selection_mode="multi",
        default=[room for room in workshop.rooms if room in ROOM_WORDS],
        format_func=ROOM_WORDS.__getitem__,
        key=f"run.rooms.{workshop.rooms}",
    )
    if set(chosen) != {r for r in workshop.rooms if r in ROOM_WORDS}:
        rooms = tuple(room for room in ROOM_WORDS if room in chosen)
        _edit(
            workspace,
            workshop,
            "Choose what phones may do",
            lambda w: replace(w, rooms=rooms),
        )
    names = list(SCREEN_WORDS)
    shown = st.selectbox(
        "On the big screen",
        names,
        index=names.index(workshop.screen) if workshop.screen in names else 0,
        format_func=SCREEN_WORDS.__getitem__,
        key=f"run.screen.{workshop.screen}",
        width=360,
    )
    if shown != workshop.screen:
        _edit(
            workspace,
            workshop,
            "Change the big screen",
            lambda w: replace(w, screen=shown),
        )


def the_clock(workspace: Workspace, workshop: Workshop) -> None:
    """Walk through the agenda: begin a step, pause, go on, more minutes."""
    if not workshop.agenda:
        return
    section("Agenda")
    current = running(workshop, now())
    if current:
        left = current.seconds_left
        words = (
            ""
            if left is None
            else f", {abs(left) // 60} min {'left' if left >= 0 else 'over'}"
        )
        say(f"Now: {current.item.title}{words}{' (paused)' if current.paused else ''}")
    with st.container(horizontal=True):
        following = workshop.step + 1
        if following < len(workshop.agenda):
            title = workshop.agenda[following].title
            if st.button(
                f"Begin: {safe_text(title)}",
                key="run.next",
                icon=":material/skip_next:",
            ):
                _edit(
                    workspace,
                    workshop,
                    "Begin the next step",
                    lambda w: begin_step(w, following, now()),
                )
        if current and st.button(
            "Go on" if current.paused else "Pause",
            key="run.pause",
            icon=":material/pause:",
        ):
            step = go_on if current.paused else pause
            _edit(workspace, workshop, "Pause or go on", lambda w: step(w, now()))
        if current and st.button(
            "5 more minutes", key="run.more", icon=":material/more_time:"
        ):
            _edit(workspace, workshop, "5 more minutes", lambda w: add_minutes(w, 5))
    times = starts(workshop.agenda, time(10, 0))
    with st.expander(f"All {count(len(workshop.agenda), 'step')}"):
        for number, item in enumerate(workshop.agenda):
            mark = "**now** · " if number == workshop.step else ""
            st.markdown(
                f"{times[number]} · {mark}{safe_text(item.title)} ({item.minutes} min)"
            )
        jump = st.selectbox(
            "Go to a step",
            range(len(workshop.agenda)),
            format_func=lambda n: workshop.agenda[n].title,
            key="run.jump",
        )
        if st.button("Begin this step", key="run.jump.go"):
            _edit(
                workspace,
                workshop,
                "Begin a step",
                lambda w: begin_step(w, jump, now()),
            )


def _edit(
    workspace: Workspace,
    workshop: Workshop,
    label: str,
    change: Callable[[Workshop], Workshop],
) -> None:
    with workspace.editing(label) as draft:
        draft.replace(change(draft.find(Workshop, workshop.id)))


def _screen_address(workspace: Workspace, workshop: Workshop) -> str:
    """Return the big screen's address; its ticket serves where loopback is no proof."""
    ticket = tickets.mint(
        workspace.store.secret(),
        workspace.id,
        "main",
        workspace.actor,
        workshop_id=workshop.id,
        minutes=_SCREEN_HOURS * 60,
    )
    return f"/room/present/{workspace.id}/{workshop.id}?ticket={ticket}"


def _address(workshop: Workshop) -> str:
    return str(workshop.extra.get("address") or _addresses()[0])


def _addresses() -> list[str]:
    """Return the addresses under which phones may find this server, likeliest first."""
    port = st.get_option("server.port")
    hosts = settings.current().hosts - settings.LOOPBACK_HOSTS
    numbers = sorted(h for h in hosts if h[:1].isdigit() and not h.startswith("127."))
    names = sorted(h for h in hosts if not h[:1].isdigit() and not h.startswith("["))
    return [f"http://{host}:{port}" for host in (*numbers, *names, "127.0.0.1")]
