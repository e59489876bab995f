"""Words of a programme's own, beside those a menu offers everywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from systemmap.errors import InvalidValue
from systemmap.language.menu_words import words_of
from systemmap.model.plan import LocalTerm
from systemmap.model.text import clean, clean_label, folded, slug

if TYPE_CHECKING:
    from systemmap.model.programme import Programme


def add_term(
    programme: Programme, vocabulary: str, label: str, description: str = ""
) -> LocalTerm:
    """Add a word of the programme's own to a vocabulary.

    Raises
    ------
    InvalidValue
        The word is blank, or the vocabulary has it already.
    """
    label = clean_label(label)
    words = words_of(programme, vocabulary)
    if not label:
        raise InvalidValue("Give the word, for example 'Rural life'.")
    if folded(label) in map(folded, words.values()):
        msg = f"'{label}' is in the list already. Use it as it is."
        raise InvalidValue(msg)
    key = slug(label, {word.replace("_", "-") for word in words}).replace("-", "_")
    made = LocalTerm(
        vocabulary=vocabulary,
        key=key,
        label=label,
        description=clean(description).strip(),
    )
    programme.add(made)
    return made
