"""What a facilitator may want to look at before a note stays on the wall: hints, no verdicts.

Names are found by how they are written, offensive words by a list that each
programme adds to. A hint holds nothing back, and changes nothing.
"""

from __future__ import annotations

from functools import lru_cache

from systemmap.language.personal_details import why_held
from systemmap.language.personal_names import may_be_person
from systemmap.model.text import folded
from systemmap.vocab import terms

_LONGEST_NAME = 4  # words
_ROUND_WORDS = ".,;:!?()[]{}\"'“”‘’…-–—*"


@lru_cache(maxsize=4_096)
def hints_in(text: str, own_words: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Say in words what a note may hold that should not stand on the wall.

    Parameters
    ----------
    text : str
        The note as it was typed.
    own_words : tuple[str, ...]
        Words the programme wants pointed out, beside the shipped list.

    Examples
    --------
    >>> hints_in("Jane Doe at the school never helps")
    ('may name a person: “Jane Doe”',)
    >>> hints_in("Cheap takeaways near school")
    ()
    """
    found = []
    details = why_held(text)
    if details:
        found.append(details[0].lower() + details[1:].rstrip("."))
    found += [f"may name a person: “{name}”" for name in _names(text)]
    found += [f"may offend: “{word}”" for word in _offensive(text, own_words)]
    return tuple(found)


def _names(text: str) -> list[str]:
    """Return the longest runs of words that look like a name, left to right."""
    words = text.split()
    found, at = [], 0
    while at < len(words):
        for length in range(_LONGEST_NAME, 1, -1):
            run = words[at : at + length]
            name = " ".join(run).strip(_ROUND_WORDS)
            if len(run) == length and may_be_person(name):
                found.append(name)
                at += length
                break
        else:
            at += 1
    return found


def _offensive(text: str, own_words: tuple[str, ...]) -> list[str]:
    said = [word.strip(_ROUND_WORDS) for word in folded(text).split()]
    line = f" {' '.join(said)} "
    shipped = (term.label for term in terms("words_to_watch").values())
    wanted = dict.fromkeys((*shipped, *own_words))
    return [word for word in wanted if f" {folded(word)} " in line]
