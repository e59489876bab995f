"""The six phases side by side: number, name, rating in colour, word and sign, date."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

import streamlit as st

from app.components.ratings import rating_badge
from app.components.screen_text import quiet
from app.presses import pressed
from app.wording import safe_text
from systemmap.language.progress_words import progress_words
from systemmap.overview.summary import is_past

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from systemmap.model.plan import Phase

_PROGRESS = 70
"""So many characters of progress stand under a phase; its card has them all."""
_EVEN = """<style>
[class*="st-key-strip-"] button { min-height: 4rem; }
[data-testid="stColumn"]:has([class*="st-key-strip-"]) p { line-height: 1.35; }
@media (max-width: 1100px) {
  [data-testid="stHorizontalBlock"]:has([class*="st-key-strip-"]) { flex-flow: row wrap; }
  [data-testid="stColumn"]:has([class*="st-key-strip-"]) { flex: 1 1 30% !important; min-width: 30% !important; width: 30% !important; }
}
@media (max-width: 640px) {
  [data-testid="stColumn"]:has([class*="st-key-strip-"]) { flex-basis: 40% !important; min-width: 40% !important; }
}
</style>"""


def phase_strip(
    phases: Sequence[Phase], today: date, *, key: str, chosen: str = ""
) -> str | None:
    """Show the phases in one row; each is a button.

    Parameters
    ----------
    phases : sequence of Phase
        In the order to show.
    today : date
        The day against which dates are read.
    key : str
        The prefix of the buttons' keys.
    chosen : str
        The id of the phase that is open below; "" = none.

    Returns
    -------
    str | None
        The id of the phase that was just pressed; None = none.
    """
    now_open = None
    st.html(_EVEN)
    for column, phase in zip(
        st.columns(max(len(phases), 1), gap="small"), phases, strict=False
    ):
        with column, st.container(gap="xxsmall"):
            if pressed(
                st.button,
                f"{phase.number:d} {safe_text(phase.name)}",
                key=f"strip.{key}.{phase.id}",
                width="stretch",
                wrap=True,
                # a tick would say that the phase is done
                icon=":material/expand_more:" if phase.id == chosen else None,
            ):
                now_open = phase.id
            with st.container(horizontal=True, gap="small"):
                rating_badge(phase)
                if is_past(phase, today):
                    st.badge("Date has passed", color="orange")
            quiet(phase.due.raw if phase.due else "No date given")
            said = not phase.rating and phase.status  # the badge above says the status
            if told := phase.status_note if said else progress_words(phase):
                quiet(textwrap.shorten(told, _PROGRESS, placeholder=" …"))
    return now_open
