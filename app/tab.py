"""What one browser tab remembers: its forms, and small things between screens.

Every key it keeps begins with ``workspace.``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar, cast

if TYPE_CHECKING:
    from systemmap.model.kinds import Record

R = TypeVar("R")
T = TypeVar("T")


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

    def told_saved(self, form: str) -> None:
        """Empty the form that was saved, if one was, and have it read out."""
        if form:
            self.reset(form)
        self.speak("Saved.")

    # Small things that outlive a visit to another screen

    def recall(self, name: str, default: T) -> T:
        """Return what was remembered under a name in this tab."""
        return cast("T", self._state.get(f"workspace.kept.{name}", default))

    def recalled(self, beginning: str, kind: type[T]) -> list[T]:
        """Return what was remembered of one kind under names with a beginning."""
        start = f"workspace.kept.{beginning}"
        held = [self._state[key] for key in self._state if str(key).startswith(start)]
        return [value for value in held if isinstance(value, kind)]

    def remember(self, name: str, value: object) -> None:
        """Remember a value in this tab until another programme is opened."""
        self._state[f"workspace.kept.{name}"] = value

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
        }

    # What was changed in this tab

    @property
    def made_here(self) -> frozenset[int]:
        """The numbers of the open programme's changes that this tab made."""
        return frozenset(self._state.get("workspace.made", ()))

    def note_made(self, *revisions: int) -> None:
        """Remember that this tab made these changes."""
        self._state["workspace.made"] = self.made_here | set(revisions)
