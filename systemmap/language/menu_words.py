"""What a vocabulary key is called here: the shipped label, or the programme's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from systemmap.model.plan import LocalTerm
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


def theme_name(programme: Programme, key: str) -> str:
    """Return the label of a theme."""
    return term_name(programme, "themes", key)


def framework_of(programme: Programme, key: str) -> str:
    """Return the name of the framework that a tag belongs to; its own when it is one.

    A key such as ``core20plus5_adults.maternity`` is an item of the framework
    before the dot.
    """
    return term_name(programme, "frameworks", key.partition(".")[0])
