"""A dated run of the gap analysis, kept as a record; and two runs compared in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from systemmap.language.phrases import counted, day, joined, quoted
from systemmap.model.response import GapRun
from systemmap.vocab import label

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from systemmap.gaps import Gap, GapReport
    from systemmap.model.response import Action

_CLOSED = ("resolved", "dismissed")
_AGREED = "agreed"


@dataclass(frozen=True, slots=True, kw_only=True)
class GapChange:
    """One gap that opened, closed or changed between two runs, and why."""

    rule: str
    subject: str
    name: str
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GapRunComparison:
    """What changed between two runs; gaps of both rules and subjects only.

    Attributes
    ----------
    opened, closed, changed : tuple[GapChange, ...]
        Alphabetical by name.
    agreed : tuple[GapChange, ...]
        Gaps for which an action was agreed in between: neither opened nor
        merely changed.
    to_complete : tuple[GapChange, ...]
        What an action agreed in between still lacks (it has not begun, it has
        no lead …). The cause was worse off before, so this is no gap opened.
    notes : tuple[str, ...]
        What makes the two runs hard to compare: other settings, rules that
        were not asked in one of them.
    """

    opened: tuple[GapChange, ...]
    closed: tuple[GapChange, ...]
    changed: tuple[GapChange, ...]
    same: int
    since: str
    notes: tuple[str, ...] = ()
    agreed: tuple[GapChange, ...] = ()
    to_complete: tuple[GapChange, ...] = ()

    @property
    def sentence(self) -> str:
        """The counts in one sentence."""
        still = (
            f" On what was agreed, {counted(len(self.to_complete), 'thing')} still to complete."
            if self.to_complete
            else ""
        )
        return (
            f"Since {self.since}: {counted(len(self.opened), 'gap')} opened, "
            f"{len(self.agreed)} agreed, {len(self.closed)} closed, "
            f"{len(self.changed)} changed, {self.same} as before.{still}"
        )

    @property
    def groups(self) -> tuple[tuple[str, str, tuple[GapChange, ...]], ...]:
        """Each kind of change: its key, its heading, the changes."""
        return (
            ("agreed", "Agreed", self.agreed),
            ("to_complete", "To complete on what was agreed", self.to_complete),
            ("closed", "Closed", self.closed),
            ("opened", "Opened", self.opened),
            ("changed", "Changed", self.changed),
        )


def gap_run_from(
    report: GapReport, run_id: str, at: datetime, *, note: str = ""
) -> GapRun:
    """Return a report as a record to keep, plain data only."""
    return GapRun(
        id=run_id,
        map_id=report.map_id,
        at=at,
        settings=dict(report.settings),
        findings={
            "denominator": report.coverage.denominators,
            "headline": report.headline,
            "asked": list(report.asked),
            "gaps": [_plain(gap) for gap in report.gaps if not gap.positive],
            "actions": {
                f"factor:{name}": [
                    f"{quoted(a.title)} ({_status(a)})" for a in cover.tied
                ]
                for name, cover in report.coverage.factors.items()
                if cover.tied
            },
        },
        note=note,
    )


def compare_gap_runs(before: GapRun, after: GapRun) -> GapRunComparison:
    """Say which gaps opened, closed or changed from one run to the next, and why.

    A gap that was resolved or dismissed in the later run is closed. One for
    which an action was agreed is agreed, and what that action still lacks is
    no gap opened. One whose rule was not asked in either run is left out and
    noted: unknown, not closed. Importance that is not set is unknown, too, and
    no move.
    """
    asked = _asked(before) & _asked(after)
    old = {k: g for k, g in _gaps(before).items() if k[0] in asked}
    new = {k: g for k, g in _gaps(after).items() if k[0] in asked}
    both = {
        k for k in old if k in new and not _is_closed(old[k]) and not _is_closed(new[k])
    }
    agreed = [
        k for k in both if new[k]["state"] == _AGREED and old[k]["state"] != _AGREED
    ]
    fresh = [
        k
        for k, g in new.items()
        if not _is_closed(g) and (k not in old or _is_closed(old[k]))
    ]
    agreed += [k for k in fresh if new[k]["state"] == _AGREED]
    about = {subject for _, subject in agreed}
    lacking = [
        k
        for k in fresh
        if k[1] in about and new[k].get("on_ladder") and k not in agreed
    ]
    opened = [k for k in fresh if k not in agreed and k not in lacking]
    closed = [
        k
        for k, g in old.items()
        if not _is_closed(g) and (k not in new or _is_closed(new[k]))
    ]
    changed = [k for k in both if k not in agreed and _why_changed(old[k], new[k])]
    return GapRunComparison(
        opened=_changes(
            new[k]
            | {"why": _why_opened(old.get(k), new[k]) + _moved(before, after, k[1])}
            for k in opened
        ),
        closed=_changes(
            old[k]
            | {"why": _why_closed(old[k], new.get(k)) + _moved(before, after, k[1])}
            for k in closed
        ),
        changed=_changes(
            new[k] | {"why": _why_changed(old[k], new[k])} for k in changed
        ),
        same=len(both) - len(changed) - len(both & set(agreed)),
        since=day(before.at),
        notes=_notes(before, after),
        agreed=_changes(new[k] | {"why": _why_agreed(new[k])} for k in agreed),
        to_complete=_changes(new[k] | {"why": new[k]["sentences"]} for k in lacking),
    )


def _plain(gap: Gap) -> dict[str, object]:
    return {
        "rule": gap.rule,
        "code": gap.code,
        "title": gap.title,
        "subject": gap.subject,
        "name": gap.name,
        "sentences": list(gap.sentences),
        "importance": gap.importance,
        "rung": None if gap.rung is None else int(gap.rung),
        "thin_flags": gap.thin_flags,
        "on_ladder": gap.on_ladder or None,
        "state": gap.state.value,
        "state_sentence": gap.state_sentence,
    }


def _gaps(run: GapRun) -> dict[tuple[str, str], dict[str, str]]:
    """Return a run's gaps by rule and subject, every value as text."""
    listed = run.findings.get("gaps", [])
    rows = (
        [gap for gap in listed if isinstance(gap, Mapping)]
        if isinstance(listed, (list, tuple))
        else []
    )
    return {
        (str(g["rule"]), str(g["subject"])): {k: _text(v) for k, v in g.items()}
        for g in rows
    }


def _text(value: object) -> str:
    return (
        " ".join(map(str, value))
        if isinstance(value, (list, tuple))
        else ""
        if value is None
        else str(value)
    )


def _asked(run: GapRun) -> set[str]:
    asked = run.findings.get("asked", [])
    return {str(rule) for rule in asked} if isinstance(asked, (list, tuple)) else set()


def _is_closed(gap: Mapping[str, str]) -> bool:
    return gap["state"] in _CLOSED


def _changes(rows: Iterable[Mapping[str, str]]) -> tuple[GapChange, ...]:
    found = [
        GapChange(
            rule=row["rule"],
            subject=row["subject"],
            name=row["name"],
            sentence=f"“{row['title']}” for {quoted(row['name'])}: {row['why']}",
        )
        for row in rows
    ]
    return tuple(sorted(found, key=lambda c: (c.name.casefold(), c.rule, c.subject)))


def _why_opened(old: Mapping[str, str] | None, new: Mapping[str, str]) -> str:
    return f"found again. {new['sentences']}" if old else new["sentences"]


def _why_closed(old: Mapping[str, str], new: Mapping[str, str] | None) -> str:
    if new is None:
        return f"no longer found. Before: {old['sentences']}"
    return new["state_sentence"] or "closed."


def _moved(before: GapRun, after: GapRun, subject: str) -> str:
    """Say which actions on a cause are new, gone or stand otherwise; "" = none, or unknown.

    Runs that were kept before actions were kept with them say nothing here.
    """
    old, new = before.findings.get("actions"), after.findings.get("actions")
    if not (isinstance(old, Mapping) and isinstance(new, Mapping)):
        return ""
    was, now = (
        [str(words) for words in found.get(subject, ())] for found in (old, new)
    )
    come = [words for words in now if words not in was]
    gone = [words for words in was if words not in now]
    told = [
        f"now {joined(come, limit=3)}" if come else "",
        f"before {joined(gone, limit=3)}" if gone else "",
    ]
    said = "; ".join(filter(None, told))
    return f" Actions on it: {said}." if said else ""


def _status(action: Action) -> str:
    return label("statuses", action.status).lower() or "no update"


def _why_agreed(new: Mapping[str, str]) -> str:
    return new["state_sentence"] or "an action was agreed."


def _why_changed(old: Mapping[str, str], new: Mapping[str, str]) -> str:
    parts = []
    if old["state"] != new["state"]:
        parts.append(new["state_sentence"] or f"now {new['state']}.")
    was, now = old["importance"], new["importance"]
    if was and now and was != now:  # what is not set was never said, so never moved
        parts.append(f"importance {was} before, now {now}.")
    if old["sentences"] != new["sentences"]:
        parts.append(f"Now: {new['sentences']} Before: {old['sentences']}")
    return " ".join(parts)


def _notes(before: GapRun, after: GapRun) -> tuple[str, ...]:
    settings = sorted(
        name
        for name in {*before.settings, *after.settings}
        if before.settings.get(name) != after.settings.get(name)
    )
    rules = sorted(_asked(before) ^ _asked(after))
    return (
        *(
            (
                f"The settings differ ({', '.join(settings)}): some changes may come from that.",
            )
            if settings
            else ()
        ),
        *(
            (f"Not compared, because asked in one run only: {', '.join(rules)}.",)
            if rules
            else ()
        ),
    )
