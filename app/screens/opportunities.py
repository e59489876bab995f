"""Workshop 2: one factor, theme or loop with all that is known, and new actions on it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import streamlit as st

from app.components.html_tables import table
from app.components.screen_text import caution, empty, finding, quiet, say, section
from app.components.workshop_picker import pick_closed
from app.presses import pressed
from app.screens._screen import Screen
from app.wording import count, listed, safe_text
from systemmap.language.menu_words import theme_name
from systemmap.model.owners import lead_words
from systemmap.model.values import now
from systemmap.model.workshop import Workshop
from systemmap.vocab import label, terms
from systemmap.workshops.focus import focus_on
from systemmap.workshops.hidden_words import ideas_shown
from systemmap.workshops.proposals import action_changes, proposal_from

if TYPE_CHECKING:
    from app.workspace import Workspace
    from systemmap.workshops.focus import Focus

_KINDS = {"factor": "A cause", "theme": "A theme", "loop": "A loop"}
_LONGEST = 5  # links in a loop that can still be told in a room
_MOST = 60  # loops to choose from


def draw(workspace: Workspace) -> None:
    """Draw the chosen part of the map, then the form for a new action."""
    if not workspace.programme.system_map().factors:
        empty(
            "There is no map yet to look for actions on.",
            "Go to the map",
            lambda: workspace.go("map"),
            key="opportunities.map",
        )
        return
    workshop = pick_closed(workspace, "opportunities")
    if workshop is None:
        return
    chosen = _choose(workspace)
    if not chosen:
        return
    focus = focus_on(workspace.programme, chosen)
    finding(_headline(focus))
    _show(workspace, workshop, chosen)
    _known(focus)
    _gaps(workspace, focus)
    _new_action(workspace, workshop, chosen, focus)
    caution(workspace)


def _choose(workspace: Workspace) -> str:
    system_map = workspace.programme.system_map()
    left, right = st.columns([1, 3])
    kind = left.selectbox(
        "Look at",
        list(_KINDS),
        format_func=_KINDS.__getitem__,
        key="opportunities.kind",
    )
    factors = system_map.factors
    if kind == "factor":
        ranked = sorted(
            factors.values(), key=lambda f: (-(f.priority or 0), f.label.casefold())
        )
        names = {f.id: f.label for f in ranked}
    elif kind == "theme":
        names = {
            f.theme: theme_name(workspace.programme, f.theme)
            for f in factors.values()
            if f.theme
        }
    else:
        loops = workspace.analysis().loops_up_to(_LONGEST).loops[:_MOST]
        names = {
            ",".join(loop.factors): " → ".join(factors[f].label for f in loop.factors)
            for loop in loops
        }
    if not names:
        say(
            f"This map has no {'theme' if kind == 'theme' else 'short loop'} to look at."
        )
        return ""
    name = right.selectbox(
        _KINDS[kind],
        list(names),
        format_func=names.__getitem__,
        key=f"opportunities.{kind}",
    )
    return f"{kind}:{name}"


def _headline(focus: Focus) -> str:
    actions = count(len(focus.actions), "action")
    told = f"{focus.title}: {actions} listed, {count(len(focus.assets), 'asset')}"
    if focus.kind != "factor" and focus.uncovered:
        return f"{told}; no action listed for {len(focus.uncovered)} of {len(focus.factors)} causes."
    return f"{told}."


def _show(workspace: Workspace, workshop: Workshop, chosen: str) -> None:
    if (workshop.focus, workshop.screen) == (chosen, "focus"):
        quiet("This is on the big screen now, and ideas from phones are about it.")
        return
    if pressed(
        st.button,
        "Show it on the big screen",
        type="primary",
        key="opportunities.show",
        icon=":material/present_to_all:",
    ):
        with workspace.editing("Show a part of the map") as draft:
            present = draft.find(Workshop, workshop.id)
            rooms = tuple(dict.fromkeys((*present.rooms, "proposals")))
            draft.replace(replace(present, focus=chosen, screen="focus", rooms=rooms))


def _known(focus: Focus) -> None:
    left, right = st.columns(2)
    with left:
        _sentences("What leads to it", focus.causes)
        _sentences("Between its own causes", focus.inside)
    with right:
        _sentences("What it leads to", focus.effects)
        section("What already helps")
        say(listed(focus.assets) or "Nothing listed.")
    section(f"Done or planned: {count(len(focus.actions), 'action')}")
    if focus.actions:
        table(
            [
                {
                    "Action": action.title,
                    "Lead": lead_words(action) or "no lead named",
                    "Status": label("statuses", action.status) or "no update",
                    "Level": label("action_scales", action.action_scale),
                }
                for action in focus.actions
            ],
            alt="Actions listed here",
        )
    if focus.kind != "factor" and focus.uncovered:
        say(f"No action listed for {listed(focus.uncovered, limit=6)}.")


def _gaps(workspace: Workspace, focus: Focus) -> None:
    """List the open gaps of the causes in view, with the rule's own words."""
    gaps = [
        gap
        for gap in workspace.gaps().open
        if gap.factors and set(gap.factors) <= set(focus.factors) and not gap.positive
    ]
    section(f"Open gaps: {len(gaps)}")
    for gap in gaps:
        st.markdown(
            f"- **{safe_text(gap.title)}**: {safe_text(' '.join(gap.sentences))}"
        )
    if not gaps:
        say("None found here.")


def _sentences(title: str, sentences: tuple[str, ...]) -> None:
    if not sentences and title.startswith("Between"):
        return
    section(title)
    for sentence in sentences:
        st.markdown(f"- {safe_text(sentence)}")
    if not sentences:
        say("Nothing on this map.")


def _new_action(
    workspace: Workspace, workshop: Workshop, chosen: str, focus: Focus
) -> None:
    section("Write a new action against it")
    scales = {"": "Not sure", **{k: t.label for k, t in terms("action_scales").items()}}
    form = workspace.fresh("opportunities.new")
    with st.form(form, border=False):
        title = st.text_input("What could be done", key=f"{form}.title")
        left, right = st.columns(2)
        owner = left.text_input(
            "Who could lead it (organisation or role)", key=f"{form}.owner"
        )
        partners = right.text_input("Who else would help", key=f"{form}.partners")
        benefits = left.text_input("Who would benefit most", key=f"{form}.benefits")
        scale = right.selectbox(
            "How deep it goes",
            list(scales),
            format_func=scales.__getitem__,
            key=f"{form}.scale",
        )
        reason = st.text_input("Why it would act on this", key=f"{form}.reason")
        sent = pressed(
            st.form_submit_button,
            "Add it to the register as proposed",
            key=f"{form}.send",
        )
    if sent:
        with workspace.editing(f"Propose {title}", form="opportunities.new") as draft:
            idea = proposal_from(
                workshop,
                {
                    "title": title,
                    "subject": chosen,
                    "owner": owner,
                    "partners": partners,
                    "action_scale": scale,
                    "benefits": benefits,
                    "reason": reason,
                },
                key=f"{now().isoformat()} {title}",
            )
            draft.add(idea)
            for change in action_changes(draft, idea):
                if change.new is not None:
                    draft.put(change.new)
    ideas = [
        p
        for p in ideas_shown(workspace.programme, workshop.id)
        if p.subject == chosen and not p.action_id
    ]
    if ideas:
        quiet(
            f"{count(len(ideas), 'idea')} about {focus.title} from phones wait under “Type up and write-up”."
        )


SCREEN = Screen(
    key="opportunities",
    title="Where to act",
    place="workshop",
    icon=":material/lightbulb:",
    draw=draw,
    position=40,
)
