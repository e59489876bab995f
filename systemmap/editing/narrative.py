"""The programme's vision and narrative, changed as typed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from systemmap.model.text import clean

if TYPE_CHECKING:
    from systemmap.model.plan import ProgrammeInfo


def revise_story(
    info: ProgrammeInfo, *, purpose: str, destination: str, values: str, narrative: str
) -> ProgrammeInfo:
    """Return the programme's record with its vision and narrative as typed."""
    return replace(
        info,
        purpose=clean(purpose).strip(),
        destination=clean(destination).strip(),
        values=clean(values).strip(),
        narrative=clean(narrative).strip(),
    )
