"""A loop in words, worked out by walking it: more or less, back at the start.

The words are kept apart from the product of the signs on purpose: the two
must agree, and a test compares them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from systemmap.analysis.loops import LoopKind
from systemmap.language.phrases import amount, counted, in_a_sentence
from systemmap.model.values import Confidence, Polarity

if TYPE_CHECKING:
    from systemmap.analysis.loops import Loop
    from systemmap.model.elements import Link
    from systemmap.model.system_map import SystemMap

_VERDICTS = {
    LoopKind.REINFORCING: "It feeds itself (reinforcing).",
    LoopKind.BALANCING: "It pushes back (balancing).",
    LoopKind.UNDETERMINED: "Whether it feeds itself or pushes back is undetermined.",
}
_OTHER = {"more": "less", "less": "more"}


def loop_sentence(loop: Loop, system_map: SystemMap) -> str:
    r"""Tell a loop as a story that starts with more of one factor.

    It starts at the outcome if that is in the loop, else at the
    alphabetically first factor.

    Examples
    --------
    >>> from systemmap.analysis.loops import find_loops
    >>> from systemmap.testing import map_from
    >>> drawn = map_from("stress -> sleep -\n sleep -> stress -")
    >>> loop_sentence(find_loops(drawn).loops[0], drawn)
    'More sleep → less stress → more sleep. It feeds itself (reinforcing).'
    """
    clauses, verdict = _walked(loop, system_map)
    story = f"{' → '.join(clauses)}. {_VERDICTS[verdict]}"
    return f"{story} {slow_words(loop)}".rstrip()


def loop_steps(
    loop: Loop, system_map: SystemMap
) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    r"""Tell a loop link by link, for a room that learns to read its map.

    Returns
    -------
    tuple of (sentence, links)
        One entry a link, in the order of the story; `links` are those told so
        far. The last entry closes the loop and says what kind it is.

    Examples
    --------
    >>> from systemmap.analysis.loops import find_loops
    >>> from systemmap.testing import map_from
    >>> drawn = map_from("stress -> sleep -\n sleep -> stress -")
    >>> [sentence for sentence, _ in loop_steps(find_loops(drawn).loops[0], drawn)]
    ['More sleep → less stress.', 'Less stress → more sleep. It feeds itself (reinforcing).']
    """
    clauses, verdict = _walked(loop, system_map)
    pairs = [(link.source, link.target) for link in _from_the_start(loop, system_map)]
    told = []
    for n in range(len(pairs)):
        start = clauses[n][0].upper() + clauses[n][1:]
        end = f" {_VERDICTS[verdict]}" if n == len(pairs) - 1 else ""
        told.append((f"{start} → {clauses[n + 1]}.{end}", tuple(pairs[: n + 1])))
    return tuple(told)


def kind_in_words(loop: Loop, system_map: SystemMap) -> LoopKind:
    """Return the kind at which the story arrives, without the product of the signs."""
    return _walked(loop, system_map)[1]


def slow_words(loop: Loop) -> str:
    """Say what slow links mean for the loop, or nothing."""
    if not loop.delays:
        return ""
    verb = "is" if loop.delays == 1 else "are"
    slow = f"{counted(loop.delays, 'of these links', 'of these links')} {verb} slow; expect years."
    if loop.kind is LoopKind.BALANCING:
        slow += " A balancing loop with a slow link can overshoot."
    return slow[0].upper() + slow[1:]


def _walked(loop: Loop, system_map: SystemMap) -> tuple[list[str], LoopKind]:
    """Return the clauses of the story, and its verdict."""
    links = _from_the_start(loop, system_map)
    label = system_map.factor(links[0].source).label
    clauses, word = [amount("More", label)], "more"
    for link in links:
        target = system_map.factor(link.target).label
        agreed = _is_agreed(link)
        if not agreed:
            word = "changes"
        elif link.polarity is Polarity.OPPOSITE:
            word = _OTHER.get(word, word)
        note = "" if agreed else " (direction not agreed)"
        slowly = " (slowly)" if link.delay else ""
        moves = (
            f"{word} {in_a_sentence(target)}"
            if word == "changes"
            else amount(word, target)
        )
        clauses.append(f"{moves}{note}{slowly}")
    if word == "changes":
        return clauses, LoopKind.UNDETERMINED
    same = word == "more"
    return clauses, LoopKind.REINFORCING if same else LoopKind.BALANCING


def _from_the_start(loop: Loop, system_map: SystemMap) -> list[Link]:
    first = system_map.outcome if system_map.outcome in loop.factors else None
    turn = loop.factors.index(first) if first else 0
    pairs = loop.links[turn:] + loop.links[:turn]
    return [system_map.link(*pair) for pair in pairs]


def _is_agreed(link: Link) -> bool:
    return (
        link.polarity is not Polarity.UNKNOWN
        and link.confidence is not Confidence.DISPUTED
    )
