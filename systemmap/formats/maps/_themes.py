"""Theme words of a file to theme keys here, and back to words for a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from systemmap.model.plan import LocalTerm
from systemmap.model.text import clean_label, folded, slug
from systemmap.vocab import terms

if TYPE_CHECKING:
    from systemmap.model.programme import Programme

VOCABULARY = "themes"
IMPORTED = "imported"  # the source of a term of which a file said no more


class ThemeKeys:
    """Finds the key for a theme's label; a label nobody knows becomes a local term."""

    def __init__(self) -> None:
        self._known = {
            folded(term.label): key for key, term in terms(VOCABULARY).items()
        }
        self._known |= {folded(key): key for key in terms(VOCABULARY)}
        self._taken = {key.replace("_", "-") for key in terms(VOCABULARY)}
        self._new: dict[str, LocalTerm] = {}

    @property
    def new_terms(self) -> tuple[LocalTerm, ...]:
        """The local terms that were needed, in the order they were met."""
        return tuple(self._new.values())

    def key_for(self, label: str) -> str:
        """Return the key for a label; "" for an empty one."""
        text = clean_label(label)
        if not text:
            return ""
        if folded(text) not in self._known:
            key = self._key_from(text)
            self._known[folded(text)] = key
            self._new[key] = LocalTerm(
                vocabulary=VOCABULARY, key=key, label=text, source=IMPORTED
            )
        return self._known[folded(text)]

    def _key_from(self, text: str) -> str:
        found = slug(text, self._taken, fallback="theme")
        self._taken.add(found)
        return found.replace("-", "_")


def theme_labels(programme: Programme) -> dict[str, str]:
    """Return the label of every theme of a programme by key, local words first."""
    labels = {key: term.label for key, term in terms(VOCABULARY).items()}
    local = programme.all(LocalTerm).values()
    return labels | {t.key: t.label for t in local if t.vocabulary == VOCABULARY}
