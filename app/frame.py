"""What every screen shares: the shield's token, the top line, errors in words."""

from __future__ import annotations

from hmac import compare_digest
from typing import TYPE_CHECKING

import streamlit as st

from app import settings, url_state
from app.components.announcements import announce
from app.components.edit_grid import left_behind
from app.components.factor_search import find_anything
from app.components.grid_sheet import keep_typed
from app.components.html_tables import STYLE
from app.components.kept_sheets import say_lost, take_up_sheets, told_sheets
from app.components.map_place import MAP_STYLE
from app.components.programme_picker import programme_picker
from app.components.undo_press import undo_press
from app.places import PLACES
from app.presses import pressed
from app.settings import BOOT_TOKEN
from app.undoable import undo_words
from app.wording import safe_text
from app.workspace import here, saved_words, signed_in
from systemmap.errors import SystemMapError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from streamlit.delta_generator import DeltaGenerator

    from app.places import Place
    from app.screens._screen import Screen
    from app.workspace import Workspace

REFUSAL = (
    "systemmap was started without its protection, so it shows nothing. "
    "Close this, and start it with the command: systemmap"
)
FAILURE = (
    "Something went wrong inside systemmap on this screen. What was saved is safe. "
    "Go to another screen, or reload this page. If it happens again, send whoever "
    "looks after systemmap what the window with the command shows."
)

SIGNED_OUT = (
    "You are signed out: a sign-in lasts for the working day. What was saved is "
    "safe. Sign in again to go on."
)

AS_IT_WAS = (
    "The data cannot be reached just now, so this shows it as it last was. "
    "What was saved is safe, and what you type stays here. Try again in a moment."
)
_LOOK = """<style>
[data-testid="stMainBlockContainer"] { padding: 1rem 2rem 3rem !important; width: 100%; max-width: 96rem !important; }
[data-testid="stHeader"] { height: 0; min-height: 0; }
[data-testid="stButtonGroup"] button, [data-testid="stButtonGroup"] button p { color: inherit !important; }
[data-testid="stButtonGroup"] button[aria-checked="true"] { font-weight: 600; }
[role="tab"][aria-selected="true"], [role="tab"][aria-selected="true"] p { color: inherit !important; font-weight: 600; }
[class*="st-key-place-"][class*="-way"]:not(.st-key-place-map-way) [data-testid="stSkeleton"] { height: 2rem; }
@media (max-width: 640px) {
  [data-testid="stMainBlockContainer"] { padding: .5rem 1rem 2rem !important; }
  [data-testid="stExpandSidebarButton"] { background: Canvas; left: .75rem; position: fixed; top: .75rem; }
  .st-key-top { gap: .5rem; }
  .st-key-top > :first-child { margin-left: 3rem; min-height: 2.5rem; }
  .st-key-top > :first-child:has(.stSelectbox) { flex: 1 1 calc(100% - 3rem); max-width: calc(100% - 3rem); }
  .st-key-top > :has(.stMarkdown):not(:first-child) { flex: 1 0 auto; width: auto !important; }
  .st-key-top > :has(.stSelectbox):not(:first-child) { flex: 1 1 7rem; min-width: 7rem; width: auto !important; }
  [data-testid="stMainBlockContainer"] > [data-testid="stVerticalBlock"] > :has(~ [class*="st-key-place-"][class*="-way"]) { order: -2; }
  [data-testid="stMainBlockContainer"] > [data-testid="stVerticalBlock"] > [class*="st-key-place-"][class*="-way"] ~ [data-testid="stElementContainer"]:has(h1) { order: -1; }
  .st-key-home-first { padding-top: 3rem; }
  [role="radiogroup"] { flex-wrap: wrap !important; height: auto !important; overflow: visible !important; }
}
@media (max-width: 640px) and (max-height: 420px) { [data-testid="stMain"] h1 { font-size: 1.375rem; line-height: 1.25; padding: 0; } }
[data-testid="stSidebar"][data-collapsed="true"] { visibility: hidden; }
[data-testid="stSidebarNavLink"][aria-current] { border-left: 4px solid currentColor; }
[data-testid="stSidebarNavLink"]:not([aria-current]) { border-left: 4px solid transparent; }
.stMultiSelect button, .stDateInput button { min-height: 24px; min-width: 24px; }
:focus-visible:not(h1, h2, h3), label:has(input:focus-visible), [data-testid$="RootElement"]:has(:focus-visible), [role="group"]:has(> input:focus-visible) {
  box-shadow: inset 0 0 0 2px #1B2127 !important; outline: 3px solid #FFBF47 !important; outline-offset: 0 !important; }
[data-testid$="RootElement"] :focus-visible, [role="group"] > input:focus-visible, label input:focus-visible { box-shadow: none !important; outline: none !important; }
main:focus-visible { outline-offset: -5px !important; }
html:not([data-whole]) :is([data-testid="stMainBlockContainer"], [data-testid="stSidebarContent"]) { animation: sm-whole 3s step-end; }
html:not([data-whole]) [data-testid="stMainBlockContainer"] * { visibility: inherit !important; }
@keyframes sm-whole { from { visibility: hidden; } }
@media (max-width: 480px) {
  html:not([data-whole]) :is([data-testid="stMainBlockContainer"], [data-testid="stSidebarContent"]) { animation-duration: 12s; }
  html:not([data-whole]) [data-testid="stMain"]::before { content: "Opening …"; left: 0; padding: 0 1rem; position: absolute; right: 0; text-align: center; top: 40%; animation: sm-opening 12s step-end; visibility: hidden; }
}
@keyframes sm-opening { from { visibility: hidden; } 8% { visibility: visible; } to { visibility: hidden; } }
</style>"""
"""No band above the bar. What stands for the ways of looking while they come is as high
as they are: what lies below does not slide away under a press. The ring of the
keyboard's place is yellow with ink inside, so that one of the two stands out on any
ground; the current place has a bar and no ring. A folded menu takes no Tab stop that
nobody sees. In a narrow window the finding stands above the place's ways of looking:
zoomed in, it would lie below the window's edge. The first place is shown once it is
whole, see `announcement.js`, or after a moment; on a phone, which is slow and is drawn
again once it has told how narrow it is, that may take longer, and says so."""

BESIDE_MENU = """<style>
@media (min-width: 769px) { [data-testid="stAppViewContainer"]:not(:has(> [data-testid="stSidebar"])) { padding-left: 300px; } }
</style>"""
"""Room for the menu until it is there, where it stands open from the start."""

FIRST_STYLE = _LOOK + STYLE + MAP_STYLE
"""What a place looks like before Streamlit has drawn anything; then nothing jumps."""


def require_shield() -> None:
    """Stop unless this request came through the shield of this very process."""
    sent = st.context.headers.get("X-Shield") or ""
    if not compare_digest(sent.encode(), BOOT_TOKEN.encode()):
        st.error(REFUSAL)
        st.stop()


def require_sign_in() -> None:
    """Stop where people sign in and whoever asks is not signed in any more."""
    if settings.current().server and signed_in() is None:
        st.warning(SIGNED_OUT, icon=":material/logout:")
        if pressed(
            st.button, "Sign in", key="sign_in", type="primary", icon=":material/login:"
        ):
            st.login()
        st.stop()


def prepare(place: Place | None) -> None:
    """Say how the page is laid out, before anything is drawn: then nothing jumps."""
    fills = place is not None and place.fills
    st.set_page_config(initial_sidebar_state="collapsed" if fills else "auto")
    st.html(_LOOK + STYLE + (MAP_STYLE if fills else ""))


def own_words(_error: Exception) -> bool:
    """Say in our words that a screen failed, in place of Streamlit's own panel.

    The log has the traceback by then. Nothing of the error is shown: it may
    hold paths, or what people wrote.
    """
    st.error(FAILURE, icon=":material/error:")
    return True


def draw(
    screen: Screen, *, place: Place | None = None, ways: Sequence[tuple[str, str]] = ()
) -> None:
    """Draw one screen in its frame.

    Parameters
    ----------
    screen : Screen
        What to draw below the top line.
    place : Place | None
        The place it stands in; None = drawn by itself.
    ways : sequence of (str, str)
        The ways of looking that the place offers, as the address names them
        and as people do; with one there is nothing to choose.
    """
    workspace = here()
    keep_typed(workspace)
    take_up_sheets(workspace)
    try:
        fills = place is not None and place.fills
        _page_title(workspace, screen)
        _top_line(workspace, screen, place, ways if fills else ())
        _wrong_address(workspace, screen)
        say_lost(workspace)
        if place and len(ways) > 1 and not fills:
            _choose_way(place, dict(ways))
        unsaved = None if fills else st.container()
        screen.draw(workspace)
        if unsaved is not None:
            left_behind(workspace, unsaved)
        announce(workspace, told_sheets(workspace))
    except SystemMapError as error:
        workspace.explain(error)
    finally:
        workspace.answers.drawn()


def _page_title(workspace: Workspace, screen: Screen) -> None:
    names = dict.fromkeys(
        (
            screen.title,
            PLACES[screen.place].title,
            *([workspace.programme.info.name] if workspace.id else ()),
            "systemmap",
        )
    )
    st.set_page_config(page_title=" – ".join(names))


def _choose_way(place: Place, ways: Mapping[str, str]) -> None:
    """Offer the place's ways of looking; the address says which one is shown."""
    key = f"place.{place.key}.way"
    asked = url_state.value("way")
    st.session_state[key] = asked if asked in ways else next(iter(ways))
    if place.fills:
        st.selectbox(
            f"Ways of looking at {place.title}",
            list(ways),
            format_func=ways.__getitem__,
            label_visibility="collapsed",
            key=key,
            width=170,
            on_change=_keep_way,
            args=(key,),
        )
        return
    st.segmented_control(
        f"Ways of looking at {place.title}",
        list(ways),
        format_func=ways.__getitem__,
        required=True,
        label_visibility="collapsed",
        key=key,
        on_change=_keep_way,
        args=(key,),
    )


def _keep_way(key: str) -> None:
    url_state.keep("way", st.session_state[key])


def _wrong_address(workspace: Workspace, screen: Screen) -> None:
    """Say so when the address names a programme that is not here, and offer the list."""
    wrong = workspace.wrong_programme(screen.key)
    if not wrong:
        return
    st.warning(
        safe_text(
            f"There is no programme “{wrong}” here. This is {workspace.programme.info.name}; choose another one above."
            if workspace.id
            else f"There is no programme “{wrong}” here yet. Open one, or begin one."
        ),
        icon=":material/link_off:",
    )


def _top_line(
    workspace: Workspace,
    screen: Screen,
    place: Place | None,
    ways: Sequence[tuple[str, str]],
) -> None:
    if not workspace.id:
        for _line_and_note in range(2):
            st.container()  # what stands below keeps its place when a programme opens
        return
    fills = place is not None and place.fills
    name = safe_text(workspace.programme.info.name)
    here_is = place.title if place else screen.title
    with st.container(gap="xsmall", key="fills" if fills else "top.frame"):
        bar = st.container(horizontal=True, vertical_alignment="center", key="top")
        asking = st.container()
    with bar:
        several = programme_picker(workspace)
        st.markdown(
            f"{'' if several else f'**{name}** · '}:gray[{safe_text(here_is)} · {saved_words(workspace)}]",
            width="stretch",
        )
        if place and len(ways) > 1:
            _choose_way(place, dict(ways))
        find_anything(workspace)
        _undo_button(workspace, asking)
    note = workspace.take_note()
    with st.container():  # always there: what is below must not change its place
        if workspace.answers.why_away:
            st.warning(AS_IT_WAS, icon=":material/hourglass_empty:")
        if note:
            st.success(safe_text(note), icon=":material/check:")


def _undo_button(workspace: Workspace, below: DeltaGenerator) -> None:
    """Offer to take the last change back; where a press could frighten, ask first."""
    change = workspace.last_change()
    if change is not None:
        undo_press(workspace, change, undo_words(change), key="frame.undo", below=below)
