"""Initiatives from Obsekio, the Tool for Systemic Change (CSV). Read only.

Contacts are left out. "Planned" never counts as active, and "no comment" is
not "no action".
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from systemmap.errors import Problem, ReadError
from systemmap.formats.format import Format, Reading
from systemmap.formats.reading.csv_stream import heading_key, open_table
from systemmap.formats.reading.limits import LIMITS, check_count, check_size
from systemmap.formats.sighting import NO, says_so
from systemmap.language.phrases import counted
from systemmap.model.due import read_due
from systemmap.model.owners import read_owner, read_owners
from systemmap.model.people import Stakeholder
from systemmap.model.response import Action
from systemmap.model.text import clean, clean_label, folded, slug

if TYPE_CHECKING:
    from collections.abc import Sequence

    from systemmap.formats.sighting import Recognition, Sighting
    from systemmap.model.kinds import Record

_INITIATIVES = {"name", "impactcardname", "startedat"}
_STAKEHOLDERS = {"name", "stakeholdertype"}
_COMMENTS = {"initiativename", "characteristicname", "status"}
_NETWORK = {"stakeholder", "partneringinitiatives"}
_KINDS = (
    (_INITIATIVES, "initiatives"),
    (_COMMENTS, "cell comments"),
    (_NETWORK, "network"),
    (_STAKEHOLDERS, "stakeholders"),
)
_STATUS = {
    "actual": "ongoing",
    "planned": "not_started",
    "suggestion": "proposed",
    "more_information": "",
    "no_comment": "",
}
_CONTACT = re.compile(r"contact(name|email|phone|website|position)?\Z")
_OWNER = re.compile(r"stakeholder\d+name\Z")
_TAG = re.compile(r"subsystemtag\d+name\Z")


def recognise(sighting: Sighting) -> Recognition:
    """Say whether the first lines are the headings of one of the four files."""
    if any(map(_kind, sighting.rows[:5])):
        return says_so("its headings are those of the Tool for Systemic Change")
    return NO


def _kind(cells: Sequence[str]) -> str:
    keys = {heading_key(cell) for cell in cells}
    return next((kind for needed, kind in _KINDS if needed <= keys), "")


def read(sighting: Sighting) -> Reading:
    """Read initiatives as actions, stakeholders as organisations, comments as notes on cover.

    Raises
    ------
    ReadError
        None of the four files, or above a limit.
    """
    check_size(sighting.data)
    table = open_table(sighting.data, lambda cells: bool(_kind(cells)))
    if table is None:
        raise ReadError(
            "This is not an export of Obsekio: its headings are not those of initiatives, stakeholders, comments or the network."
        )
    reader = _Reader(tuple(map(heading_key, table.headings)), table.headings)
    kind = _kind(table.headings)
    takers = {
        "initiatives": reader.take_initiative,
        "stakeholders": reader.take_stakeholder,
        "network": reader.take_network,
        "cell comments": reader.take_comment,
    }
    for line, cells in table.rows:
        check_count(reader.items + 1, LIMITS.rows, "rows")
        reader.items += 1
        row = reader.row(cells)
        if not any(row.values()) or (
            not reader.name_of(row, kind) and kind == "stakeholders"
        ):
            reader.blank += 1  # the pick list stands to the right of the stakeholders
        else:
            takers[kind](line, row)
    return reader.reading(kind)


@dataclass(slots=True)
class _Reader:
    keys: tuple[str, ...]
    headings: tuple[str, ...]
    actions: dict[str, Action] = field(default_factory=dict)
    people: dict[str, Stakeholder] = field(default_factory=dict)
    comments: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    items: int = 0
    blank: int = 0
    contacts: int = 0

    def row(self, cells: Sequence[str]) -> dict[str, str]:
        """Return the cells by heading key; contacts are counted and left out."""
        found: dict[str, str] = {}
        for key, cell in zip(self.keys, cells, strict=False):
            if _CONTACT.match(key):
                self.contacts += bool(cell.strip())
            elif key not in found:
                found[key] = clean(cell).strip()
        return found

    def name_of(self, row: dict[str, str], kind: str) -> str:
        """Return the words that name the row's subject."""
        return row.get(
            {"network": "stakeholder", "cell comments": "initiativename"}.get(
                kind, "name"
            ),
            "",
        )

    def take_initiative(self, line: int, row: dict[str, str]) -> None:
        """Take an action. Two of the same name are both kept."""
        name = clean_label(row["name"])
        if not name:
            self._say(line, f"Row {line} has no name. Skipped.", "skipped")
            return
        if any(folded(a.title) == folded(name) for a in self.actions.values()):
            self._say(
                line,
                f"There is another initiative called '{name}'. Both were kept; merge them if they are one.",
                "guessed",
            )
        cells = [v for k, v in row.items() if _OWNER.match(k) and v]
        named = [v for v in cells if not read_owners(v).left_out]
        self.contacts += len(cells) - len(named)
        owners = tuple(dict.fromkeys(filter(None, map(read_owner, named))))
        for owner in owners:
            self._organisation(line, owner)
        key = slug(name, self.actions, fallback="action")
        self.actions[key] = Action(
            id=key,
            title=name,
            owners=owners,
            owners_raw="; ".join(named),
            start=self._day(line, "Started At", row.get("startedat", "")),
            end=self._day(line, "Finished At", row.get("finishedat", "")),
            frameworks=tuple(v for k, v in row.items() if _TAG.match(k) and v),
            origin="imported",
            note="\n".join(filter(None, (row.get("description"), row.get("notes")))),
            extra=self._extra(row, ("name", "description", "notes")),
        )

    def _day(self, line: int, column: str, raw: str) -> date | None:
        due = read_due(raw[:10] if re.match(r"\d{4}-\d\d-\d\d[T ]", raw) else raw)
        if due and due.precision == "day" and due.start:
            return date.fromisoformat(due.start)
        if raw:
            self._say(
                line,
                f"'{column}' is '{raw[:40]}'. No date read; the text is kept.",
                "note",
            )
        return None

    def take_stakeholder(self, line: int, row: dict[str, str]) -> None:
        """Take an organisation."""
        self._organisation(
            line,
            row["name"],
            role=row.get("stakeholdertype", ""),
            note=row.get("description", ""),
            extra=self._extra(row, ("name", "description", "stakeholdertype")),
        )

    def take_network(self, line: int, row: dict[str, str]) -> None:
        """Take an organisation with the figures the tool computed."""
        if row["stakeholder"]:
            self._organisation(
                line, row["stakeholder"], extra=self._extra(row, ("stakeholder",))
            )
        else:
            self._say(line, f"Row {line} has no name. Skipped.", "skipped")

    def take_comment(self, line: int, row: dict[str, str]) -> None:
        """Take what was said of one initiative and one characteristic."""
        name, status = clean_label(row["initiativename"]), row["status"].casefold()
        if not name:
            self._say(line, f"Row {line} names no initiative. Skipped.", "skipped")
            return
        if status not in _STATUS:
            self._say(
                line,
                f"'{row['status'][:40]}' is no status of this tool. It is kept as typed.",
                "note",
            )
        self.comments.setdefault(name, []).append({k: v for k, v in row.items() if v})

    def _organisation(
        self,
        line: int,
        name: str,
        *,
        role: str = "",
        note: str = "",
        extra: dict[str, object] | None = None,
    ) -> None:
        if not (name := read_owner(name)):
            self._say(line, f"Row {line} names no organisation. Skipped.", "skipped")
            return
        known = {folded(p.organisation) for p in self.people.values()}
        if folded(name) not in known:
            key = slug(name, self.people, fallback="organisation")
            self.people[key] = Stakeholder(
                id=key,
                organisation=name,
                role=role,
                note=note,
                extra=extra or {},
            )

    def _extra(self, row: dict[str, str], used: tuple[str, ...]) -> dict[str, object]:
        words = dict(zip(self.keys, self.headings, strict=True))
        return {
            words[k]: v
            for k, v in row.items()
            if v and k not in used and not _OWNER.match(k) and not _TAG.match(k)
        }

    def _say(self, line: int, what: str, kind: str) -> None:
        self.problems.append(Problem(f"row {line}", what, kind))

    def _commented(self) -> list[Action]:
        """Return one action for each commented initiative, its comments kept whole."""
        found: dict[str, Action] = {}
        for name, said in self.comments.items():
            key = slug(name, found, fallback="action")
            statuses = {_STATUS.get(c["status"].casefold(), "") for c in said} - {""}
            status = next(
                (s for s in ("ongoing", "not_started", "proposed") if s in statuses), ""
            )
            tags = {
                c["characteristicname"]: None
                for c in said
                if c.get("characteristicname")
            }
            found[key] = Action(
                id=key,
                title=name,
                status=status,
                frameworks=tuple(tags),
                origin="imported",
                extra={"cell comments": said},
            )
        return list(found.values())

    def reading(self, kind: str) -> Reading:
        """Return what was read."""
        if self.contacts:
            self.problems.append(
                Problem(
                    "",
                    counted(
                        self.contacts,
                        "name, address or number of a contact was left out.",
                        "names, addresses or numbers of contacts were left out.",
                    ),
                    "note",
                )
            )
        records: tuple[Record, ...] = (
            *self.people.values(),
            *self.actions.values(),
            *self._commented(),
        )
        return Reading(
            format=FORMAT.key,
            dialect=f"Obsekio {kind}",
            records=records,
            problems=tuple(self.problems),
            items=self.items,
            blank=self.blank,
            summary={
                "actions": sum(isinstance(r, Action) for r in records),
                "organisations": len(self.people),
                "contact details left out": self.contacts,
            },
        )


FORMAT = Format(
    key="obsekio_csv",
    title="Obsekio (Tool for Systemic Change)",
    holds="actions",
    suffixes=(".csv",),
    loses="Contacts are left out; figures on the network are kept as they are. It is read only.",
    recognise=recognise,
    read=read,
)
