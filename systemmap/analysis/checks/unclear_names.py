"""Names whose direction is unclear, such as "lack of …"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from systemmap.analysis.checks._map_check import Check, Finding
from systemmap.language.phrases import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from systemmap.analysis.map_analysis import MapAnalysis
    from systemmap.model.programme import Programme

# Words that turn a quantity round, so that "more" of the name is ambiguous.
TURNING = re.compile(
    r"\b(?:lack(?:ing)?(?: of)?|absence of|shortage of|no|not|poor|low|lower|less|fewer|"
    r"limited|reduced|decreas(?:ed|ing)|increas(?:ed|ing)|more|higher|rising|falling|"
    r"insufficient|inadequate)\b",
    re.IGNORECASE,
)


def unclear_names(
    analysis: MapAnalysis, _: Programme | None = None
) -> Iterator[Finding]:
    """Ask for a neutral name where "more" of the factor could be read both ways."""
    system_map = analysis.system_map
    for key in sorted(system_map.factors):
        label = system_map.factors[key].label
        if found := TURNING.search(label):
            yield Finding(
                question=f"What is a neutral name for {quoted(label)}? With “{found[0].lower()}” in it, it is unclear what more of it means.",
                factors=(key,),
            )


CHECK = Check(
    key="unclear_names",
    title="Names whose direction is unclear",
    why="“More lack of time” trips everybody up; signs are then drawn the wrong way round.",
    find=unclear_names,
)
