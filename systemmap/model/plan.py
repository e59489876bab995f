"""The programme's own records: who and where, workstreams, phases, steps, reviews, decisions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from systemmap.errors import InvalidValue
from systemmap.model.text import check_id
from systemmap.model.values import Due

RATINGS = ("", "red", "amber", "green", "blue")


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeInfo:
    """One place's whole effort: its name, area, vision, story and settings."""

    id: str
    name: str
    area_code: str = ""
    area_name: str = ""
    purpose: str = ""
    destination: str = ""
    values: str = ""
    narrative: str = ""
    start: date | None = None
    board: str = ""
    lead: str = ""  # an organisation or role
    settings: Mapping[str, object] = field(default_factory=dict)
    extra: Mapping[str, object] = field(default_factory=dict)

    def __post_init__(self) -> None:
        check_id(self.id, "Programme")
        if not self.name.strip():
            raise InvalidValue(
                "The programme has no name. Give the place's name, for example 'Rutland'."
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Workstream:
    """A strand of the programme with a plan table of its own.

    `kind` is ``phases`` when its rows are the six phases, ``actions`` when it
    is a plain action list. `headings` are the plan table's own column words.
    """

    id: str
    name: str
    kind: str = "actions"
    purpose: str = ""
    position: int = 0
    headings: tuple[str, ...] = ()
    note: str = ""
    extra: Mapping[str, object] = field(default_factory=dict)

    def __post_init__(self) -> None:
        check_id(self.id, "Workstream")


@dataclass(frozen=True, slots=True, kw_only=True)
class Phase:
    """One of the six phases in one workstream, as words first.

    "Not planned yet" (status ``not_planned``) differs from "not started", and
    both differ from "" (no update). A rating of red or amber that people give
    here has a reason and a date; a plan that was brought in may give neither,
    or the reason alone.
    """

    id: str
    number: int
    name: str
    goal: str = ""
    cycle: int = 1
    workstream_id: str | None = None
    position: int = 0
    aims: tuple[str, ...] = ()
    owners: tuple[str, ...] = ()
    owners_raw: str = ""
    due: Due | None = None
    status: str = ""
    status_note: str = ""
    progress_raw: str = ""
    outcomes: str = ""
    rating: str = ""
    rating_reason: str = ""
    rated_on: date | None = None
    evidence: tuple[str, ...] = ()
    as_typed: Mapping[str, str] = field(default_factory=dict)
    extra: Mapping[str, object] = field(default_factory=dict)

    def __post_init__(self) -> None:
        check_id(self.id, "Phase")
        _check_rating(
            self.rating, self.rating_reason, self.rated_on, f"Phase {self.number}"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A step within a phase, from the guide or the place's own."""

    id: str
    phase_id: str
    text: str
    position: int = 0
    source: str = "guide"
    status: str = ""
    status_note: str = ""
    owners: tuple[str, ...] = ()
    due: Due | None = None
    evidence: tuple[str, ...] = ()
    rating: str = ""
    rating_reason: str = ""
    rated_on: date | None = None

    def __post_init__(self) -> None:
        check_id(self.id, "Step")
        _check_rating(
            self.rating, self.rating_reason, self.rated_on, f"Step '{self.text}'"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class PhaseUpdate:
    """A dated note on a phase, as it was reported. `on` None = no date was given."""

    id: str
    phase_id: str
    on: date | None = None
    kind: str = "activity"
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """A dated look back."""

    id: str
    on: date
    title: str = ""
    narrative: str = ""
    since: date | None = None

    def __post_init__(self) -> None:
        check_id(self.id, "Review")


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What a board resolved, in its words. `on` None = the minute gives no date."""

    id: str
    number: str = ""
    text: str
    verb: str = ""  # note, endorse, approve
    body: str = ""
    on: date | None = None

    def __post_init__(self) -> None:
        check_id(self.id, "Decision")


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalTerm:
    """A word this programme adds to a vocabulary."""

    vocabulary: str
    key: str
    label: str
    description: str = ""
    source: str = "local"


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedView:
    """A named view of a map or a recipe, and its text in a story."""

    id: str
    name: str
    kind: str = "view"  # view, recipe, story, mapping or template
    map_id: str = "main"
    position: int = 0
    text: str = ""
    parameters: Mapping[str, object] = field(default_factory=dict)

    def __post_init__(self) -> None:
        check_id(self.id, "View")


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportRecord:
    """What was read from a file: its name, fingerprint, dialect, counts and text."""

    id: str
    file_name: str
    sha256: str
    format: str
    at: datetime
    summary: Mapping[str, object] = field(default_factory=dict)
    raw: str = ""


def _check_rating(rating: str, reason: str, on: date | None, noun: str) -> None:
    if rating not in RATINGS:
        msg = f"'{rating}' is not a rating. Use red, amber, green or blue, or leave it empty."
        raise InvalidValue(msg)
    if rating in ("red", "amber") and on and not reason.strip():
        msg = f"{noun} is rated {rating} without a reason. Say why, in one line."
        raise InvalidValue(msg)
