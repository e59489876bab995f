"""Two sides of one thing: what a file says beside what is here, field by field.

What is here already is never overwritten unless a person said so: empty fields
are filled, signs that differ make a link disputed, everything else that
differs is listed with both sides.
"""

from __future__ import annotations

from dataclasses import MISSING, dataclass, fields, replace
from typing import TYPE_CHECKING, Any, TypeVar, cast

from systemmap.formats.maps._map_builder import IMPLIED, label_from_key
from systemmap.formats.maps._themes import IMPORTED
from systemmap.formats.plans._retyped import compared
from systemmap.formats.plans._skeleton import untouched
from systemmap.model.elements import Factor, Link, MapVersion
from systemmap.model.kinds import KIND_OF, KINDS, Kind, Record
from systemmap.model.plan import LocalTerm, Phase
from systemmap.model.response import Action, Asset, AssetFactor
from systemmap.model.values import Claim, Confidence, Due, Polarity

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Sequence

    from systemmap.model.programme import Programme

T = TypeVar("T")
_NEARBY = 1.0  # drawing units: workbooks round positions to whole numbers
_BOOKKEEPING = (
    "source_id",
    "label_raw",
    "sign_raw",
    "colour",
    IMPLIED,
)  # of one file only


@dataclass(frozen=True, slots=True)
class Conflict:
    """One field in which the file and the programme say different things."""

    kind: str
    key: str
    field: str
    here: str
    file: str
    name: str = ""

    def __str__(self) -> str:
        return f"{KINDS[self.kind].noun.capitalize()} '{self.name}', {self.words}: here '{self.here}', in the file '{self.file}'."

    @property
    def cell(self) -> str:
        """The cell of a plan in which the field stands, as people call it."""
        return _CELL.get(self.field, self.words)

    @property
    def words(self) -> str:
        """The field as people call it."""
        return _WORDS.get(self.field, self.field.replace("_", " "))


_WORDS = {
    "progress_raw": "progress as typed",
    "status_note": "progress",
    "owners": "responsible",
    "owners_raw": "responsible as typed",
    "rating_reason": "why this rating",
    "workstream_id": "workstream",
    "as_typed": "the row as typed",
}


_CELL = {
    "status": "progress",
    "status_note": "progress",
    "progress_raw": "progress",
    "owners": "responsible",
    "owners_raw": "responsible",
    "rating_reason": "rating",
}
"""Fields that are one cell in a plan: they are taken together."""


def cells_of(
    conflicts: Iterable[Conflict],
) -> dict[tuple[str, str, str], list[Conflict]]:
    """Return the differences cell by cell: kind, key and field of the cell, in order."""
    cells: dict[tuple[str, str, str], list[Conflict]] = {}
    for each in conflicts:
        cell = (each.kind, each.key, _CELL.get(each.field, each.field))
        cells.setdefault(cell, []).append(each)
    return cells


def as_one(of_one_cell: Sequence[Conflict]) -> Conflict:
    """Return the differences of one cell as it stands in a plan: its words as typed."""
    last = of_one_cell[-1]
    if last.field.endswith("_raw"):
        return last
    here = " – ".join(each.here for each in of_one_cell if each.here)
    return replace(
        last, here=here, file=" – ".join(c.file for c in of_one_cell if c.file)
    )


class Sides:
    """What the programme and a file say of the same things, and where they differ."""

    def __init__(
        self,
        twin: Programme,
        base: Programme | None,
        take: Container[tuple[str, str, str]] | bool,  # noqa: FBT001
    ) -> None:
        self.twin = twin
        self.base = base
        self.taking = take
        self.conflicts: list[Conflict] = []
        self.changes: list[Conflict] = []  # what the file changes, cell by cell

    def merged(
        self,
        kind: Kind,
        here: Record,
        incoming: Record,
        as_written: frozenset[str] = frozenset(),
    ) -> Record:
        """Return one record of both, noting every field to be decided.

        `as_written` are the fields in which the file says what it said when made.
        """
        changes: dict[str, Any] = {}
        both = isinstance(here, Link) and isinstance(incoming, Link)
        if both and not {"polarity", "claims"} <= as_written:
            changes |= self._signs(cast("Link", here), cast("Link", incoming))
        fresh = is_implied(here) and name_of(here) == label_from_key(kind.key_of(here))
        laid_out = untouched(self.twin, here)
        cells = compared(here, incoming)
        retyped = _progress_retyped(here, incoming)
        base = self._base(kind, here)
        for f in fields(cast("Any", incoming)):
            if f.name in (*kind.key, "claims", "polarity", "map_id", *as_written):
                continue
            if f.name == "confidence" and "polarity" in changes:
                continue
            sides = getattr(here, f.name), getattr(incoming, f.name)
            default = (
                f.default
                if f.default is not MISSING
                else f.default_factory()
                if f.default_factory is not MISSING
                else MISSING
            )
            if retyped and f.name == "status_note":
                default = MISSING  # said as well where it is blank: it is one cell
            if (laid_out and f.name == "position") or _only_says_a_file(
                incoming, f.name
            ):
                continue
            if f.name in cells.left and not (fresh or laid_out):
                continue
            changed_here = base is not None and getattr(base, f.name) != sides[0]
            not_said = laid_out and sides[1] == default  # the guide's goal stays
            if f.name in cells.anew and not (changed_here or not_said):
                value = sides[1]
            else:
                value = self._side(
                    kind, here, f.name, sides, default, base, fresh=fresh or laid_out
                )
            if value is not sides[0]:
                changes[f.name] = value
                self._note_change(kind, here, f.name, *sides)
        return (
            cast("Record", replace(cast("Any", here), **changes)) if changes else here
        )

    def _helped(self, asset: Asset) -> str:
        """Return the causes an asset is tied to, as the sheet of assets writes them."""
        labels = {f"{f.map_id}/{f.id}": f.label for f in self.twin.all(Factor).values()}
        ties = [
            t for t in self.twin.all(AssetFactor).values() if t.asset_id == asset.id
        ]
        found = [labels.get(f"{t.map_id}/{t.factor_id}", "") for t in ties]
        return "|".join(sorted(label.replace("|", "/") for label in found))

    def _note_change(
        self, kind: Kind, here: Record, name: str, before: object, after: object
    ) -> None:
        """Note a cell that the file changes; what only travels with it is not one."""
        if name in _UNSEEN or before == after:
            return
        shown = (_shown(before), _shown(after))
        self.changes.append(
            Conflict(kind.name, kind.key_of(here), name, *shown, name_of(here))
        )

    def _base(self, kind: Kind, here: Record) -> Record | None:
        if self.base is None:
            return None
        return self.base.all(kind.record).get(kind.key_of(here))

    def _side(
        self,
        kind: Kind,
        here: Record,
        name: str,
        sides: tuple[Any, Any],
        default: object,
        base: Record | None,
        *,
        fresh: bool,
    ) -> Any:  # noqa: ANN401
        """Return the value to keep for one field, listing it when both sides differ."""
        ours, theirs = sides
        if name == "extra":
            kept = {k: v for k, v in ours.items() if k != IMPLIED}
            added = {k: v for k, v in theirs.items() if k not in (*kept, *_BOOKKEEPING)}
            if isinstance(here, Asset) and added.get("Factors") == self._helped(here):
                del added["Factors"]
            return kept | added
        if ours == theirs or _same_words(ours, theirs):
            return ours
        before = getattr(base, name, default)
        if theirs == before if base is not None else theirs == default:
            return ours
        if (fresh and (name == "label" or not isinstance(here, Factor))) or ours in (
            before,
            default,
        ):
            return theirs
        if (
            isinstance(ours, float)
            and isinstance(theirs, float)
            and abs(ours - theirs) <= _NEARBY
        ):
            return ours
        if isinstance(ours, tuple) and not (
            name == "wordings" or isinstance(here, MapVersion)
        ):
            return ours + tuple(item for item in theirs if item not in ours)
        return self._settled(kind, here, name, ours, theirs)

    def _settled(self, kind: Kind, here: Record, name: str, ours: T, theirs: T) -> T:
        if isinstance(here, MapVersion):
            return ours
        key = kind.key_of(here)
        taken = (
            self.taking
            if isinstance(self.taking, bool)
            else (kind.name, key, name) in self.taking
        )
        shown = (_shown(ours), _shown(theirs))
        conflict = Conflict(kind.name, key, name, *shown, name_of(here))
        if taken:
            return theirs
        self.conflicts.append(conflict)
        return ours

    def _signs(self, here: Link, incoming: Link) -> dict[str, Any]:
        """Join two statements of one link: opposite signs make it disputed."""
        said = {c.polarity for c in here.claims} | {here.polarity}
        new = (
            ({c.polarity for c in incoming.claims} | {incoming.polarity})
            - said
            - {Polarity.UNKNOWN}
        )
        if not new:
            return {}
        if said <= {Polarity.UNKNOWN} and here.confidence is not Confidence.DISPUTED:
            return {
                "polarity": incoming.polarity,
                "confidence": incoming.confidence,
                "claims": here.claims or incoming.claims,
            }
        kept = self._settled(
            KINDS["link"], here, "polarity", here.polarity, incoming.polarity
        )
        if kept is incoming.polarity:
            return {"polarity": kept, "confidence": incoming.confidence}
        claims = here.claims or (Claim(polarity=here.polarity, reason=here.reason),)
        more = incoming.claims or (
            Claim(polarity=incoming.polarity, reason=incoming.reason),
        )
        return {
            "polarity": Polarity.UNKNOWN,
            "confidence": Confidence.DISPUTED,
            "claims": (*claims, *(c for c in more if c.polarity in new)),
        }


_UNSEEN = (
    "as_typed",
    "extra",
    "owners_raw",
    "progress_raw",
    "position",
    "workstream_id",
    "status_note",
    "label_raw",
)


def _progress_retyped(here: Record, incoming: Record) -> bool:
    """Say whether a progress cell has another status now, and no words beside it."""
    return (
        isinstance(here, (Action, Phase))
        and isinstance(incoming, (Action, Phase))
        and bool(incoming.progress_raw and incoming.status and here.status_note)
        and incoming.progress_raw.split() != here.progress_raw.split()
    )


def _only_says_a_file(incoming: Record, name: str) -> bool:
    """Say whether a field says no more than that a theme was met in a file."""
    return (
        isinstance(incoming, LocalTerm)
        and name == "source"
        and incoming.source == IMPORTED
    )


def _shown(value: object) -> str:
    if isinstance(value, Due):
        return value.raw or value.start or ""
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    return "" if value is None else str(value)


def _same_words(one: object, other: object) -> bool:
    """Say whether two texts differ in spaces and line breaks only."""
    texts = isinstance(one, str) and isinstance(other, str)
    return texts and str(one).split() == str(other).split()


def is_implied(record: object) -> bool:
    """Say whether a factor was only named as the end of a link."""
    return isinstance(record, Factor) and bool(record.extra.get(IMPLIED))


def name_of(record: object) -> str:
    """Return what a record is called in a sentence."""
    if isinstance(record, Link):
        return record.id
    for name in ("label", "title", "name", "organisation", "text", "key"):
        if getattr(record, name, ""):
            return str(getattr(record, name))
    return KIND_OF[type(record)].key_of(cast("Record", record))
