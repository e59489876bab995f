"""Links by sentence: "more … leads to more …", counted by table, drawn by a person."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from systemmap.analysis.template_share import template_share
from systemmap.errors import InvalidValue
from systemmap.language.personal_details import why_held
from systemmap.language.phrases import amount, counted, in_a_sentence
from systemmap.model.elements import Factor, Link, MapVersion
from systemmap.model.text import clean, clean_label, folded, slug
from systemmap.model.values import Claim, Confidence, Polarity, now
from systemmap.model.workshop import LinkStatement, WorkshopTable

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from systemmap.model.programme import Programme
    from systemmap.model.system_map import SystemMap
    from systemmap.model.workshop import Workshop

END_LENGTH = 200
"""Characters in one end of a sentence."""


@dataclass(frozen=True, slots=True)
class Heard:
    """All sentences about one pair: its ends as said, and the statements."""

    source: str
    target: str
    statements: tuple[LinkStatement, ...]
    tables: int

    @property
    def polarity(self) -> Polarity:
        """The one direction all who were sure agree on; else unknown."""
        sure = {s.polarity for s in self.statements} - {Polarity.UNKNOWN}
        return sure.pop() if len(sure) == 1 else Polarity.UNKNOWN

    @property
    def disputed(self) -> bool:
        """Whether some said more and others less."""
        return {Polarity.SAME, Polarity.OPPOSITE} <= {
            s.polarity for s in self.statements
        }

    def said(self, polarity: Polarity) -> int:
        """Return how many sentences said this direction."""
        return sum(s.polarity is polarity for s in self.statements)


def statement_from(
    workshop: Workshop,
    source: str,
    target: str,
    *,
    polarity: Polarity,
    factors: Iterable[Factor] = (),
    key: str,
    reason: str = "",
    table_id: str | None = None,
    participant: str = "",
    at: datetime | None = None,
) -> LinkStatement:
    """Make the record of one sentence; both ends are kept as said.

    An end that is a factor's name, in any case, is tied to that factor; other
    ends wait for a person.

    Raises
    ------
    InvalidValue
        An end is missing, both are the same, or one holds a personal detail
        (names of causes appear on the big screen, so these are asked again).
    """
    source_raw, target_raw = clean_label(source), clean_label(target)
    reason = clean(reason).strip()
    _check_ends(source_raw, target_raw, reason)
    named = {folded(factor.label): factor for factor in factors}
    start, end = named.get(folded(source_raw)), named.get(folded(target_raw))
    both = start is not None and end is not None
    said = "\x1f".join((workshop.id, key, source_raw, polarity, target_raw, reason))
    digest = hashlib.sha256(said.encode()).hexdigest()[:20]
    return LinkStatement(
        id=f"s-{digest}",
        workshop_id=workshop.id,
        table_id=table_id,
        source_raw=source_raw,
        target_raw=target_raw,
        polarity=polarity,
        reason=reason,
        at=at or now(),
        map_id=start.map_id if start and both else None,
        source=start.id if start and both else None,
        target=end.id if end and both else None,
        participant=participant,
    )


def _check_ends(source: str, target: str, reason: str) -> None:
    if not source or not target:
        raise InvalidValue("Fill in both ends: more of what leads to what?")
    if folded(source) == folded(target):
        raise InvalidValue(
            "Both ends are the same. Name what it leads to, or what lies between."
        )
    for text in (source, target):
        if len(text) > END_LENGTH:
            msg = f"'{text[:30]}…' is too long for one end. Use a few words; the reason can be longer."
            raise InvalidValue(msg)
    held = why_held(f"{source}\n{target}\n{reason}")
    if held:
        msg = f"This was not sent. {held} Please take it out: sentences are shown to the room."
        raise InvalidValue(msg)


def heard(statements: Iterable[LinkStatement]) -> list[Heard]:
    """Group sentences by their ordered pair of ends, most often said first."""
    pairs: dict[tuple[str, str], list[LinkStatement]] = defaultdict(list)
    for statement in statements:
        ends = (folded(statement.source_raw), folded(statement.target_raw))
        if statement.source and statement.target:
            ends = (f"#{statement.source}", f"#{statement.target}")
        pairs[ends].append(statement)
    groups = [
        Heard(
            said[0].source_raw,
            said[0].target_raw,
            tuple(said),
            len({s.table_id for s in said}),
        )
        for said in pairs.values()
    ]
    return sorted(groups, key=lambda g: (-len(g.statements), folded(g.source)))


def sentence(source: str, polarity: Polarity, target: str) -> str:
    """Say a link as people say it.

    Examples
    --------
    >>> sentence("Stress", Polarity.SAME, "Snacking")
    'More stress leads to more snacking'
    >>> sentence("Stress", Polarity.UNKNOWN, "Sleep")
    'More stress changes sleep (direction not agreed)'
    """
    more = amount("More", source)
    if polarity is Polarity.UNKNOWN:
        return f"{more} changes {in_a_sentence(target)} (direction not agreed)"
    word = "more" if polarity is Polarity.SAME else "less"
    return f"{more} leads to {amount(word, target)}"


def draw_heard(
    programme: Programme, statements: Sequence[LinkStatement], map_id: str = "main"
) -> Link:
    """Put what was said about one pair on a map, in a draft.

    Ends that are not on the map yet become factors under the first wording.
    What each table said is kept as a claim; opposite directions make the link
    disputed, with an unknown direction, and are never chosen between.
    """
    group = heard(statements)[0]
    if map_id not in programme.maps:
        programme.add(MapVersion(id=map_id, name="Main map"))
    source = _end_on_map(programme, map_id, group.statements[0].source, group.source)
    target = _end_on_map(programme, map_id, group.statements[0].target, group.target)
    fresh = [s for s in group.statements if s.source is None or s.map_id is None]
    counted = list(group.statements)
    link = _link(programme, map_id, source, target, counted)
    programme.put(link)
    for statement in fresh:
        programme.replace(
            replace(statement, map_id=map_id, source=source, target=target)
        )
    return link


def _end_on_map(
    programme: Programme, map_id: str, known: str | None, label: str
) -> str:
    system_map = programme.system_map(map_id)
    if known and known in system_map.factors:
        return known
    for factor in system_map.factors.values():
        wordings = (factor.label, *(w.text for w in factor.wordings))
        if folded(label) in {folded(text) for text in wordings}:
            return factor.id
    factor_id = slug(label, system_map.factors, fallback="factor")
    programme.add(Factor(map_id=map_id, id=factor_id, label=label, mentions=1))
    return factor_id


def _link(
    programme: Programme,
    map_id: str,
    source: str,
    target: str,
    statements: Sequence[LinkStatement],
) -> Link:
    links = programme.all(Link)
    old = links.get(f"{map_id}/{source}/{target}")
    link = old or Link(map_id=map_id, source=source, target=target)
    said = claims_from(programme, statements)
    workshops = {claim.workshop for claim in said}
    claims = (
        *(c for c in link.claims if not (c.source_raw and c.workshop in workshops)),
        *said,
    )
    sure = {c.polarity for c in claims} - {Polarity.UNKNOWN}
    if old and not old.claims:
        sure |= {old.polarity} - {Polarity.UNKNOWN}
    disputed = len(sure) == 2
    return replace(
        link,
        polarity=next(iter(sure)) if len(sure) == 1 else Polarity.UNKNOWN,
        confidence=Confidence.DISPUTED if disputed else _settled(link),
        claims=claims,
        mentions=max(link.mentions, sum(c.count for c in claims)),
        reason=link.reason or next((c.reason for c in claims if c.reason), ""),
    )


def _settled(link: Link) -> Confidence:
    """Whether it is agreed is for people to say; a repeated sentence does not make it so."""
    if link.confidence is Confidence.AGREED:
        return Confidence.AGREED
    return Confidence.STATED


@dataclass(frozen=True, slots=True)
class NamedHere:
    """What of a map people of one workshop named, said or drew."""

    factors: frozenset[str]
    links: frozenset[tuple[str, str]]
    others: str = ""
    """What was there before, as the middle of a sentence; "" where there is nothing."""


def named_here(system_map: SystemMap, workshop_id: str) -> NamedHere:
    """Tell what people of a workshop named from what was on the map before.

    A cause is named by a note, by a table's drawing, or as an end of a link
    that was said or drawn.
    """
    links = frozenset(
        pair
        for pair, link in system_map.links.items()
        if any(claim.workshop == workshop_id for claim in link.claims)
    )
    named = {
        factor.id
        for factor in system_map.factors.values()
        if any(w.workshop == workshop_id for w in factor.wordings)
    }
    here = frozenset(named | {end for pair in links for end in pair})
    return NamedHere(here, links, _others(system_map, here, links))


def _others(
    system_map: SystemMap, factors: frozenset[str], links: frozenset[tuple[str, str]]
) -> str:
    """Say what nobody of a workshop named, and how much of it came with the template."""
    before = len(system_map.factors) - len(factors), len(system_map.links) - len(links)
    share = template_share(system_map)
    brought = len(share.factors), len(share.links)
    if not any(before):
        return ""
    if before == brought:
        return f"{_size(*before)} came with the template"
    said = f"{_size(*before)} were on the map before"
    return (
        f"{said}, {_size(*brought)} of these from the template"
        if any(brought)
        else said
    )


def _size(causes: int, links: int) -> str:
    return f"{counted(causes, 'cause')} and {counted(links, 'link')}"


def claims_from(
    programme: Programme, statements: Iterable[LinkStatement]
) -> tuple[Claim, ...]:
    """Return what each table said, once per table and direction, with its count."""
    tables = programme.all(WorkshopTable)
    groups: dict[tuple[str, str, Polarity], list[LinkStatement]] = defaultdict(list)
    for s in statements:
        table = tables[s.table_id].name if s.table_id and s.table_id in tables else ""
        groups[s.workshop_id, table, s.polarity].append(s)
    return tuple(
        Claim(
            polarity=polarity,
            table=table,
            workshop=workshop,
            count=len(said),
            reason="; ".join(dict.fromkeys(s.reason for s in said if s.reason)),
            source_raw=said[0].source_raw,
            target_raw=said[0].target_raw,
        )
        for (workshop, table, polarity), said in groups.items()
    )
