"""Two dated versions of one map: what is new, gone, reworded, merged, moved, changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from systemmap.data_frames import Column, data_frame
from systemmap.language.phrases import counted, quoted
from systemmap.model.text import folded
from systemmap.model.values import Confidence
from systemmap.vocab import label

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import pandas as pd

    from systemmap.model.elements import Factor, Link
    from systemmap.model.system_map import SystemMap

CHANGE_COLUMNS = (
    Column("change", "string", "The kind of change: new, gone, reworded, merged …"),
    Column("sentence", "string", "What changed, in words."),
)
Pair = tuple[str, str]
NOTE = "Gone is not failure, and two maps make no trend."


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One kind of change: its noun and words for the count, and a sentence for each."""

    key: str
    noun: str
    words: str
    sentences: tuple[str, ...]

    @property
    def count(self) -> str:
        """The count in words, for instance "6 causes new"."""
        return f"{counted(len(self.sentences), self.noun)} {self.words}"


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionComparison:
    """What changed between two versions, as sections in a fixed order."""

    since: str
    sections: tuple[Section, ...]
    note: str = NOTE

    @property
    def changed(self) -> tuple[Section, ...]:
        """The sections that say anything."""
        return tuple(section for section in self.sections if section.sentences)

    @property
    def sentence(self) -> str:
        """The counts in one sentence: "Since March 2026: 6 factors new, 2 gone."."""
        said = (
            ", ".join(section.count for section in self.changed)
            or "nothing changed on the map"
        )
        return f"Since {self.since}: {said}."

    def frame(self) -> pd.DataFrame:
        """Return one row a change, in the order of the sections; see `CHANGE_COLUMNS`."""
        return data_frame(
            CHANGE_COLUMNS,
            (
                (section.key, sentence)
                for section in self.sections
                for sentence in section.sentences
            ),
        )

    def section(self, key: str) -> Section:
        """Return one section, empty or not."""
        return next(section for section in self.sections if section.key == key)


def compare_versions(
    before: SystemMap,
    after: SystemMap,
    *,
    since: str,
    names: Mapping[str, str] | None = None,
) -> VersionComparison:
    """Say what changed from one version of a map to a later one.

    Parameters
    ----------
    before, after : SystemMap
        Two versions; factors are matched by id, never by name. Neither is
        changed.
    since : str
        When the earlier one is from, in words, for instance "March 2026".
    names : mapping, optional
        Names of the programme's own themes by key.

    Returns
    -------
    VersionComparison
        A factor that is gone while its name became another's alias was
        merged, and its links are followed there; one that is new under what
        was an alias was split off.
    """
    merged = find_merged(before, after)
    split = find_merged(after, before)
    old_links = _moved(before, merged)
    return VersionComparison(
        since=since,
        sections=(
            *_factor_sections(before, after, merged, split, names or {}),
            *_link_sections(before, after, old_links),
        ),
    )


def _factor_sections(
    before: SystemMap,
    after: SystemMap,
    merged: Mapping[str, str],
    split: Mapping[str, str],
    themes: Mapping[str, str],
) -> tuple[Section, ...]:
    old, new = before.factors, after.factors
    kept = [(old[name], new[name]) for name in sorted(old) if name in new]
    return (
        _section(
            "new",
            "cause",
            "new",
            (
                f"New: {quoted(f.label)}."
                for f in _by_label(
                    new[n] for n in new if n not in old and n not in split
                )
            ),
        ),
        _section(
            "gone",
            "cause",
            "gone",
            (
                f"Gone: {quoted(f.label)}."
                for f in _by_label(
                    old[n] for n in old if n not in new and n not in merged
                )
            ),
        ),
        _section(
            "reworded",
            "cause",
            "reworded",
            (
                f"Reworded: {quoted(a.label)} is now {quoted(b.label)}."
                for a, b in kept
                if a.label != b.label
            ),
        ),
        _section(
            "merged",
            "cause",
            "merged",
            (
                f"Merged: {quoted(old[n].label)} is now part of {quoted(new[into].label)}."
                for n, into in sorted(merged.items())
            ),
        ),
        _section(
            "split",
            "cause",
            "split off",
            (
                f"Split off: {quoted(new[n].label)}, before part of {quoted(old[origin].label)}."
                for n, origin in sorted(split.items())
            ),
        ),
        _section(
            "moved",
            "cause",
            "moved to another theme",
            (
                f"Moved: {quoted(b.label)} from {_theme(a, themes)} to {_theme(b, themes)}."
                for a, b in kept
                if a.theme != b.theme
            ),
        ),
    )


def _link_sections(
    before: SystemMap, after: SystemMap, old: Mapping[Pair, Link]
) -> tuple[Section, ...]:
    names = {**_names(before), **_names(after)}
    new = after.links
    kept = [
        (_arrow(pair, names), old[pair], new[pair])
        for pair in sorted(old)
        if pair in new
    ]
    return (
        _section(
            "links_new",
            "link",
            "new",
            (
                f"New link: {_arrow(pair, names)} ({_sign(new[pair])})."
                for pair in sorted(set(new) - set(old))
            ),
        ),
        _section(
            "links_gone",
            "link",
            "gone",
            (
                f"Link gone: {_arrow(pair, names)}."
                for pair in sorted(set(old) - set(new))
            ),
        ),
        _section(
            "signs",
            "sign",
            "changed",
            (
                f"{arrow}: {_sign(a)} before, now {_sign(b)}."
                for arrow, a, b in kept
                if _sign(a) != _sign(b)
            ),
        ),
        _section(
            "strengths",
            "strength",
            "changed",
            (
                f"{arrow}: {a.strength} before, now {b.strength}."
                for arrow, a, b in kept
                if a.strength != b.strength
            ),
        ),
        _section(
            "delays",
            "delay",
            "changed",
            (
                f"{arrow}: {_delay(a)} before, now {_delay(b)}."
                for arrow, a, b in kept
                if a.delay != b.delay
            ),
        ),
    )


def _section(key: str, noun: str, words: str, sentences: Iterable[str]) -> Section:
    return Section(key=key, noun=noun, words=words, sentences=tuple(sentences))


def find_merged(before: SystemMap, after: SystemMap) -> dict[str, str]:
    """Return the factor into which each gone one was merged.

    That is where its name is an alias now that was none before.
    """
    gone = {
        folded(f.label): f.id
        for f in before.factors.values()
        if f.id not in after.factors
    }
    found: dict[str, str] = {}
    for factor in after.factors.values():
        earlier = before.factors.get(factor.id)
        if earlier is None:
            continue
        for wording in factor.wordings:
            name = folded(wording.text)
            if name in gone and name not in {folded(w.text) for w in earlier.wordings}:
                found[gone[name]] = factor.id
    return found


def _moved(system_map: SystemMap, merged: Mapping[str, str]) -> dict[Pair, Link]:
    """Return the links as they lie once merged factors are followed."""
    found: dict[Pair, Link] = {}
    for (source, target), link in system_map.links.items():
        pair = merged.get(source, source), merged.get(target, target)
        if pair[0] != pair[1] and (pair == (source, target) or pair not in found):
            found[pair] = link
    return found


def _by_label(factors: Iterable[Factor]) -> list[Factor]:
    return sorted(factors, key=lambda factor: (factor.label.casefold(), factor.id))


def _names(system_map: SystemMap) -> dict[str, str]:
    return {factor.id: factor.label for factor in system_map.factors.values()}


def _arrow(pair: Pair, names: Mapping[str, str]) -> str:
    return f"{quoted(names[pair[0]])} → {quoted(names[pair[1]])}"


def _theme(factor: Factor, names: Mapping[str, str]) -> str:
    name = names.get(factor.theme) or label("themes", factor.theme)
    return quoted(name) if factor.theme else "no theme"


def _sign(link: Link) -> str:
    if link.confidence is Confidence.DISPUTED:
        return "direction not agreed"
    words = {"+": "same direction", "-": "opposite direction"}
    return words.get(link.polarity, "direction not stated")


def _delay(link: Link) -> str:
    return {None: "delay not stated", True: "slow", False: "not slow"}[link.delay]
