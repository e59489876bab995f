"""Small pieces of sentence that findings share: quoted names, short lists, counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

NOT_EVIDENCE = "It is not evidence that acting here will change obesity."
STRUCTURE_NOTE = f"This describes the map people drew. {NOT_EVIDENCE}"


def quoted(name: str) -> str:
    """Return a name in quotation marks, so that it stands out in a sentence."""
    return f"“{name}”"


@dataclass(frozen=True, slots=True)
class Subject:
    """What sentences are about: named in each, or only in the heading above them.

    A sentence is built for where it will stand; no name is cut out of it later.

    Examples
    --------
    >>> for told in (Subject("Stress"), Subject("Stress", in_heading=True)):
    ...     print(f"{told.first} is untouched. No asset listed{told.after('for')}.")
    “Stress” is untouched. No asset listed for “Stress”.
    This is untouched. No asset listed.
    """

    name: str
    in_heading: bool = False

    def __str__(self) -> str:
        return "this" if self.in_heading else quoted(self.name)

    @property
    def first(self) -> str:
        """The subject where it begins the sentence."""
        return "This" if self.in_heading else quoted(self.name)

    def after(self, word: str) -> str:
        """Return " for “Stress”" after a word such as "for"; nothing under a heading."""
        return "" if self.in_heading else f" {word} {quoted(self.name)}"


def listed(names: Iterable[str], *, limit: int = 3) -> str:
    """Return quoted names as a list in a sentence, cut after `limit` with a count.

    Examples
    --------
    >>> listed(["Stress", "Sleep"])
    '“Stress” and “Sleep”'
    >>> listed(["A", "B", "C", "D", "E"])
    '“A”, “B”, “C” and 2 more'
    """
    return joined([quoted(name) for name in names], limit=limit)


def joined(words: Sequence[str], *, limit: int = 0) -> str:
    """Return words as a list in a sentence; beyond `limit` the rest is counted.

    Examples
    --------
    >>> joined(["stress", "sleep", "snacking"]), joined(["a", "b", "c", "d"], limit=2)
    ('stress, sleep and snacking', 'a, b and 2 more')
    """
    rest = len(words) - limit if limit else 0
    parts = [*words[:limit], f"{rest} more"] if rest > 0 else list(words)
    return " and ".join(filter(None, (", ".join(parts[:-1]), *parts[-1:])))


def counted(number: int, noun: str, plural: str = "") -> str:
    """Return a number with its noun in the right form.

    Examples
    --------
    >>> counted(1, "action"), counted(0, "action"), counted(3, "policy", "policies")
    ('1 action', '0 actions', '3 policies')
    """
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def shortened(text: str, letters: int) -> str:
    """Return words on one line and, where they are longer than `letters`, cut with "…".

    The cut falls between words; a single word that is longer is cut inside.

    Examples
    --------
    >>> shortened("A walk to school every day", 14), shortened("Donaudampfschiff", 8)
    ('A walk to …', 'Donauda…')
    """
    whole = " ".join(text.split())
    if len(whole) <= letters:
        return whole
    cut = whole[: letters - 1]
    head, gap, _ = cut.rpartition(" ")
    return f"{head} …" if gap and head else f"{cut}…"


def as_heading(name: str) -> str:
    """Return a name that was typed inside a sentence with the capital of a heading.

    Examples
    --------
    >>> as_heading("fair chances to be active"), as_heading("eBikes for all")
    ('Fair chances to be active', 'eBikes for all')
    """
    first = name.partition(" ")[0]
    return name[:1].upper() + name[1:] if first.islower() else name


def in_a_sentence(label: str) -> str:
    """Return a label for the middle of a sentence.

    Only a label whose other letters are all small loses its capital, so that
    abbreviations and names in title case stay as typed.

    Examples
    --------
    >>> in_a_sentence("Cost of healthy food"), in_a_sentence("GP access")
    ('cost of healthy food', 'GP access')
    """
    return label[:1].lower() + label[1:] if label[1:] == label[1:].lower() else label


_COMPARED = frozenset(
    {
        "better",
        "worse",
        "more",
        "less",
        "fewer",
        "greater",
        "higher",
        "lower",
        "healthier",
        "poorer",
        "richer",
        "cheaper",
        "easier",
        "harder",
        "safer",
        "busier",
        "longer",
        "shorter",
        "larger",
        "smaller",
        "faster",
        "slower",
        "stronger",
        "weaker",
    }
)


def amount(word: str, label: str) -> str:
    """Return "more" or "less" of what a label names, for the middle of a sentence.

    A label that compares by its first word is quoted: nothing is "more healthier".

    Examples
    --------
    >>> amount("more", "Stress"), amount("less", "Healthier weight")
    ('more stress', 'less of “healthier weight”')
    """
    name = in_a_sentence(label)
    first = name.split(maxsplit=1)[:1]
    compares = bool(first) and first[0].lower() in _COMPARED
    return f"{word} of {quoted(name)}" if compares else f"{word} {name}"


def day(at: date) -> str:
    """Return a day in words.

    Examples
    --------
    >>> from datetime import date
    >>> day(date(2026, 11, 2))
    '2 November 2026'
    """
    return f"{at.day} {at:%B %Y}"
