"""What is done and what is there: actions, their ties to factors, updates, assets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from systemmap.errors import InvalidValue
from systemmap.model.text import check_id
from systemmap.model.values import Due, StatusGroup

_GROUPS = {
    "": StatusGroup.UNKNOWN,
    "proposed": StatusGroup.IDEA,
    "not_planned": StatusGroup.PLANNED,
    "not_started": StatusGroup.PLANNED,
    "booked": StatusGroup.PLANNED,
    "ongoing": StatusGroup.LIVE,
    "paused": StatusGroup.STALLED,
    "complete": StatusGroup.ENDED,
    "stopped": StatusGroup.ENDED,
    "carried_forward": StatusGroup.ENDED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """Something done, planned or proposed to change the system.

    Parsed fields stand beside what was typed: `owners_raw`, `progress_raw`
    and `due.raw` are never edited, and `as_typed` holds the whole plan row as
    imported (column heading to cell text), so that it can be written back to
    the letter. `status` is a key of the vocabulary ``statuses``; "" = the row
    said nothing, which is not "not started". `rating` is a key of the
    vocabulary ``ratings``, or the words that the plan's own column has.
    `evidence` is what is known of such an action, in words and with its source.
    """

    id: str
    title: str
    ref: str = ""
    workstream_id: str | None = None
    position: int = 0
    aims: tuple[str, ...] = ()
    type: str = ""
    owners: tuple[str, ...] = ()
    owners_raw: str = ""
    partners: tuple[str, ...] = ()
    status: str = ""
    status_note: str = ""
    progress_raw: str = ""
    rating: str = ""
    rating_reason: str = ""
    rated_on: date | None = None
    stage: str = ""
    due: Due | None = None
    start: date | None = None
    end: date | None = None
    outcomes: str = ""
    measures: tuple[str, ...] = ()
    evidence: str = ""
    action_scale: str = ""
    scale_reason: str = ""
    layer: str = ""
    settings: tuple[str, ...] = ()
    populations: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    frameworks: tuple[str, ...] = ()
    assets: tuple[str, ...] = ()
    origin: str = "existing"
    workshop_id: str | None = None
    in_force: bool = False
    verified_on: date | None = None
    carried_from: str = ""
    note: str = ""
    as_typed: Mapping[str, str] = field(default_factory=dict)
    extra: Mapping[str, object] = field(default_factory=dict)

    def __post_init__(self) -> None:
        check_id(self.id, "Action")
        if not self.title.strip():
            msg = f"Action '{self.id}' has no title. Say in a few words what is done."
            raise InvalidValue(msg)
        if self.status not in _GROUPS:
            known = ", ".join(key for key in _GROUPS if key)
            msg = f"'{self.status}' is not a status. Use one of: {known}; or leave it empty."
            raise InvalidValue(msg)

    @property
    def group(self) -> StatusGroup:
        """What the status means for coverage (product decision, section 3)."""
        if self.status == "complete" and self.in_force:
            return StatusGroup.LIVE
        return _GROUPS[self.status]


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionFactor:
    """Why an action acts on a factor, in one line."""

    action_id: str
    map_id: str = "main"
    factor_id: str
    reason: str = ""
    direction: str = ""  # raise, lower or "" (not stated)
    extra: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Update:
    """A dated note on an action: activity, impact or side effect."""

    id: str
    action_id: str
    on: date | None = None
    kind: str = "activity"
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionLink:
    """How one action stands to another: it needs it, or is a part of it."""

    action_id: str
    other_id: str
    kind: str = "needs"  # vocabulary action_links
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asset:
    """A place, service, skill or group that already helps."""

    id: str
    name: str
    type: str = ""
    organisation: str = ""
    address: str = ""
    postcode: str = ""
    place: str = ""
    latitude: float | None = None
    longitude: float | None = None
    populations: tuple[str, ...] = ()
    capacity: str = ""
    web: str = ""
    note: str = ""
    theme: str = ""
    extra: Mapping[str, object] = field(default_factory=dict)

    def __post_init__(self) -> None:
        check_id(self.id, "Asset")
        if not self.name.strip():
            msg = f"Asset '{self.id}' has no name. Give the name people know it by."
            raise InvalidValue(msg)


@dataclass(frozen=True, slots=True, kw_only=True)
class AssetFactor:
    """Why an asset helps with a factor, in one line."""

    asset_id: str
    map_id: str = "main"
    factor_id: str
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GapDecision:
    """What people decided about a gap: left on purpose, agreed, given to somebody.

    `state` is accepted (a real gap left on purpose), dismissed (not a gap),
    agreed (an action will be taken), assigned (open, `role` sees to it) or
    reopened; a later decision on the same rule and subject stands.
    """

    id: str
    rule: str
    subject: str
    state: str
    map_id: str = "main"
    reason: str = ""
    role: str = ""
    on: date | None = None
    review_on: date | None = None
    action_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GapRun:
    """A dated run of the gap analysis, kept so that two dates can be compared."""

    id: str
    map_id: str = "main"
    at: datetime
    settings: Mapping[str, object] = field(default_factory=dict)
    findings: Mapping[str, object] = field(default_factory=dict)
    note: str = ""
