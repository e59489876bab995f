"""What a vocabulary key is called here: the shipped label, or the programme's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from systemmap.errors import InvalidValue
from systemmap.model.plan import LocalTerm
from systemmap.model.text import clean, clean_label, folded, slug
from systemmap.vocab import terms

if TYPE_CHECKING:
    from systemmap.model.programme import Programme


def term_name(programme: Programme, vocabulary: str, key: str) -> str:
    """Return the label of a key: the programme's own term, the shipped one, or the key."""
    local = programme.all(LocalTerm).get(f"{vocabulary}/{key}")
    shipped = terms(vocabulary).get(key)
    return local.label if local else shipped.label if shipped else key


def words_of(programme: Programme, vocabulary: str) -> dict[str, str]:
    """Return the words a menu offers, by key: the shipped ones, then the programme's own."""
    shipped = {key: term.label for key, term in terms(vocabulary).items()}
    local = (t for t in programme.all(LocalTerm).values() if t.vocabulary == vocabulary)
    return shipped | {term.key: term.label for term in local}


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


def theme_name(programme: Programme, key: str) -> str:
    """Return the label of a theme."""
    return term_name(programme, "themes", key)
