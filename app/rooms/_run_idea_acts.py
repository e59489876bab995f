"""What the facilitator's page does with ideas and with what was said: by name, on what is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from systemmap.errors import InvalidValue
from systemmap.language.phrases import counted
from systemmap.model.workshop import LinkStatement, Proposal
from systemmap.workshops import moderation
from systemmap.workshops.focus import focus_on
from systemmap.workshops.hidden_words import hide_words, show_words
from systemmap.workshops.proposals import action_changes, edited, join_ideas

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from app.rooms._run_asked import Asked
    from systemmap.model.kinds import Record
    from systemmap.model.programme import Programme


def _accept(draft: Programme, asked: Asked) -> str:
    ideas = [draft.find(Proposal, i) for i in asked.several("idea")]
    for idea in ideas:
        for change in action_changes(draft, idea):
            if change.new is not None:
                draft.put(change.new)
    return f"{counted(len(ideas), 'idea')} put among the proposed actions."


def _edit_idea(draft: Programme, asked: Asked) -> str:
    idea = draft.find(Proposal, asked.one("idea"))
    names = ("title", "owner", "due", "partners", "action_scale", "benefits")
    said = {name: asked.one(name) for name in names}
    if "subject" in asked.form:
        said["subject"] = asked.one("subject")
        if said["subject"]:
            focus_on(draft, said["subject"])  # refuses what is not on the map
    draft.replace(edited(idea, said))
    return "The idea is put right."


def _take_away(draft: Programme, asked: Asked) -> str:
    gone = 0
    kinds: tuple[tuple[type[Record], str], ...] = (
        (Proposal, "idea"),
        (LinkStatement, "said"),
    )
    for record, name in kinds:
        for key in asked.several(name):
            draft.remove(record, key)
            gone += 1
    gone += moderation.take_away(draft, asked.several("note"))
    return f"{counted(gone, 'entry', 'entries')} taken away. Undo brings them back."


def _join(draft: Programme, asked: Asked) -> str:
    ids = asked.several("idea")
    if len(ids) < 2:
        raise InvalidValue("Tick two or more ideas that say the same.")
    kept = join_ideas(draft, asked.workshop_id, ids)
    return f"{len(ids)} ideas are one now: “{kept.title}”. Undo parts them."


def _hide_words(draft: Programme, asked: Asked) -> str:
    ids = asked.several("words")
    hidden = hide_words(draft, asked.workshop_id, ids, asked.one("reason"))
    return f"{counted(hidden, 'entry', 'entries')} hidden from wall and phones."


def _show_words(draft: Programme, asked: Asked) -> str:
    shown = show_words(draft, asked.workshop_id, asked.several("words"))
    return f"{counted(shown, 'entry', 'entries')} shown again."


IDEA_ACTS: Mapping[str, tuple[str, Callable[[Programme, Asked], str]]] = {
    "idea": ("Put an idea right", _edit_idea),
    "accept": ("Accept ideas", _accept),
    "join-ideas": ("Make one idea of several", _join),
    "hide-words": ("Hide what was said", _hide_words),
    "show-words": ("Show what was hidden", _show_words),
    "take-away": ("Take an entry away", _take_away),
}
"""Each act by the name its form sends: what the history says, and what it does."""
