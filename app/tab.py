"""What one browser tab remembers: its forms, and small things between screens.

Every key it keeps begins with ``workspace.``.
"""

from __future__ import annotations

from secrets import token_hex
from typing import TYPE_CHECKING, Any, Protocol, TypeVar, cast, runtime_checkable

if TYPE_CHECKING:
    from systemmap.model.kinds import Record

R = TypeVar("R")
T = TypeVar("T")


_KEPT, _ASIDE = "workspace.kept.", "workspace.aside."


@runtime_checkable
class Unsaved(Protocol):
    """What is remembered under the name of its form and may hold what is not saved.

    Once its form has another prefix than its `turn`, it was saved or given up.
    """

    turn: str

    @property
    def unsaved(self) -> str:
        """What is not saved, in words; "" = nothing."""

    def take_up(self, turn: str) -> None:
        """Go on under a form's new prefix, after another programme was open."""


class Tab:
    """The memory of one browser tab.

    Parameters
    ----------
    state : mapping
        The tab's own state; under Streamlit, its session state.
    """

    def __init__(self, state: Any) -> None:  # noqa: ANN401 - a proxy
        self._state = state

    # Forms

    def fresh(self, form: str) -> str:
        """Return the prefix of a form's widget keys; it changes once the form is saved."""
        turn = self._state.get(f"workspace.form.{form}", 0)
        return f"{form}.{turn}" if turn else form

    def shown(self, form: str, record: R) -> R:
        """Return the record as this form first showed it, remembering it the first time."""
        return cast(
            "R", self._state.setdefault(f"workspace.base.{self.fresh(form)}", record)
        )

    def show_instead(self, form: str, record: Record) -> None:
        """Take this record as what the form is based on from now on."""
        self._state[f"workspace.base.{self.fresh(form)}"] = record

    def reset(self, form: str) -> None:
        """Empty a form: forget what was typed and what it first showed."""
        self._state.pop(f"workspace.base.{self.fresh(form)}", None)
        turn = self._state.get(f"workspace.form.{form}", 0)
        self._state[f"workspace.form.{form}"] = turn + 1

    def set_control(self, name: str, value: object) -> None:
        """Have a control begin anew, with a value.

        Its key is `fresh` of its name, and what is recalled under its name is its default.
        To set it by Streamlit's state loses the value now and then: a browser that asks
        for a run before it has heard of it tells the old one, or that of a control that
        has just appeared, and Streamlit takes either for a choice.
        """
        self.reset(name)
        self.remember(name, value)

    def told_saved(self, form: str) -> None:
        """Empty the form that was saved, if one was, and have it read out."""
        if form:
            self.reset(form)
        self.speak("Saved.")

    # Small things that outlive a visit to another screen

    def recall(self, name: str, default: T) -> T:
        """Return what was remembered under a name in this tab."""
        return cast("T", self._state.get(f"{_KEPT}{name}", default))

    def recalled(self, beginning: str, kind: type[T]) -> list[T]:
        """Return what was remembered of one kind under names with a beginning."""
        start = f"{_KEPT}{beginning}"
        held = [self._state[key] for key in self._state if str(key).startswith(start)]
        return [value for value in held if isinstance(value, kind)]

    def remember(self, name: str, value: object) -> None:
        """Remember a value in this tab until another programme is opened."""
        self._state[f"{_KEPT}{name}"] = value

    def wrong_programme(self, screen: str) -> str:
        """Return the programme that the address asked for in vain; "" = none.

        It is told on the first screen, however often that is drawn, until another
        screen or programme is opened.
        """
        wrong, told_on = self._state.pop("workspace.wrong", ("", ""))
        if not wrong or told_on not in ("", screen):
            return ""
        self._state["workspace.wrong"] = (wrong, screen)
        return cast("str", wrong)

    def set_aside(self, programme_id: str) -> None:
        """Forget what was remembered, but keep what is not saved of a programme."""
        kept = self._unsaved_here()
        for key in [key for key in self._state if str(key).startswith(_KEPT)]:
            del self._state[key]
        for name, value in kept.items():
            self._state[f"{_ASIDE}{programme_id}.{name}"] = value
            self.reset(name)  # what the next programme shows begins anew

    def take_up(self, programme_id: str) -> None:
        """Go on with what was set aside of a programme."""
        start = f"{_ASIDE}{programme_id}."
        for key in [key for key in self._state if str(key).startswith(start)]:
            value, name = self._state.pop(key), key.removeprefix(start)
            self.reset(name)
            value.take_up(self.fresh(name))
            self.remember(name, value)

    def remember_aside(self, name: str, value: Unsaved, programme_id: str) -> None:
        """Set aside what is not saved of another programme than the open one."""
        self._state[f"{_ASIDE}{programme_id}.{name}"] = value

    def aside(self) -> list[tuple[str, Unsaved]]:
        """Return what is not saved of other programmes, each with its programme's id."""
        return [
            (str(key).removeprefix(_ASIDE).partition(".")[0], self._state[key])
            for key in self._state
            if str(key).startswith(_ASIDE)
        ]

    def _unsaved_here(self) -> dict[str, Unsaved]:
        """Return what is not saved of the open programme, by the name of its form."""
        held = {
            str(key).removeprefix(_KEPT): self._state[key]
            for key in self._state
            if str(key).startswith(_KEPT)
        }
        return {
            name: value
            for name, value in held.items()
            if isinstance(value, Unsaved)
            and value.turn == self.fresh(name)
            and value.unsaved
        }

    def say(self, text: str) -> None:
        """Show one sentence at the top of the next screen that is drawn."""
        self._state["workspace.note"] = text

    def take_note(self) -> str:
        """Return the sentence left by `say`, once."""
        return cast("str", self._state.pop("workspace.note", ""))

    # What is said aloud, for people who do not see the screen change

    def speak(self, words: str) -> None:
        """Have a sentence read out politely once the screen is drawn."""
        self._state.setdefault("workspace.spoken", []).append(words)

    def focus(self, key: str) -> None:
        """Have the keyboard stand on a keyed part of the screen once it is drawn."""
        allowed = (c if c.isalnum() or c in "-_" else "-" for c in key)
        self._state["workspace.focus"] = "".join(allowed)

    def take_spoken(self) -> dict[str, object]:
        """Return what is to be said and where the focus goes, once for each drawing."""
        turn = self._state.get("workspace.turn", 0) + 1
        self._state["workspace.turn"] = turn
        words = self._state.pop("workspace.spoken", [])
        return {
            "said": " ".join(words),
            "focus": self._state.pop("workspace.focus", ""),
            "turn": turn,
            "unsaved": bool(self.aside() or self._unsaved_here()),
        }

    @property
    def name(self) -> str:
        """A name that this tab has from this server alone."""
        return cast("str", self._state.setdefault("workspace.tab", token_hex(8)))

    @property
    def heard(self) -> str:
        """The name under which another server knew this tab, once it was told so."""
        return cast("str", self._state.get("workspace.heard", ""))

    def hears(self, name: str) -> bool:
        """Note the name that another server gave this tab; say whether it is news."""
        if name in (self.name, self.heard):
            return False
        self._state["workspace.heard"] = name
        return True

    # What was changed in this tab

    @property
    def made_here(self) -> frozenset[int]:
        """The numbers of the open programme's changes that this tab made."""
        return frozenset(self._state.get("workspace.made", ()))

    def note_made(self, *revisions: int) -> None:
        """Remember that this tab made these changes."""
        self._state["workspace.made"] = self.made_here | set(revisions)
