"""Every threshold that is judgement, not evidence, in one record with its reason."""

from __future__ import annotations

from dataclasses import dataclass, field, fields


def _judged(value: float, reason: str) -> float:
    """Declare a setting together with why it has this value."""
    return field(default=value, metadata={"reason": reason})


def _counted(value: int, reason: str) -> int:
    return field(default=value, metadata={"reason": reason})


@dataclass(frozen=True, slots=True, kw_only=True)
class AnalysisSettings:
    """The judgement values of the analysis; `reasons` says why each is what it is.

    Shares and percentages are fractions of one, lengths and steps are links
    (a loop has as many links as factors), horizons are months.
    """

    top_share: float = _judged(
        0.25, "A quarter is short enough to talk through and long enough to hold ties."
    )
    tie_limit: float = _judged(
        1 / 3,
        "A tie that swells a group beyond a third no longer singles anything out.",
    )
    pull_cap: float = _judged(
        0.8, "Below 1 the what-if always has one stable answer; 0.8 leaves room for it."
    )
    draws: int = _counted(
        500, "The top ten of 500 draws agrees .93 with 10,000; 2,000 gain only .03."
    )
    draw_seed: int = _counted(0, "Any fixed number: same map in, same answer out.")
    agreement: float = _judged(
        0.75, "Three runs in four agreeing is the least to call a direction."
    )
    bar_steps: int = _counted(
        5, "Fifths tell strong from weak without inventing decimals."
    )
    dropped_share: float = _judged(
        0.10, "One link in ten is about what two groups leave out differently."
    )
    planned_is_cover: bool = field(
        default=True,
        metadata={
            "reason": "Planned work is somebody's plan already; it is shown as thin until it starts."
        },
    )
    ending_soon_months: int = _counted(
        6, "Half a year is the time a council needs to find money or an owner."
    )
    theme_cover: float = _judged(
        0.25, "Below a quarter covered, a theme reads as untouched in workshops."
    )
    crowded_actions: int = _counted(
        5, "From five live actions on, one cause needs somebody who leads."
    )
    crowded_organisations: int = _counted(
        4, "Four organisations rarely meet by accident; fewer sort it out themselves."
    )
    classified_actions: int = _counted(
        10, "Below ten, one action moves a share by more than ten points."
    )
    layer_points: int = _counted(
        10, "A smaller mismatch is closed by an action or two; ten points is a pattern."
    )
    steps: int = _counted(
        2,
        "Two steps reach 9.5 causes on Foresight, three reach 22: nearly everything.",
    )
    furthest_steps: int = _counted(3, "Beyond three steps a trace shows the whole map.")
    path_steps: int = _counted(5, "A route of more steps is no longer one story.")
    path_limit: int = _counted(
        50, "More routes than this cannot be read, only counted."
    )
    loop_length: int = _counted(6, "Loops of up to six causes can be read aloud.")
    longest_loop: int = _counted(
        8, "Beyond eight, lists grow faster than anyone reads."
    )
    loop_cap: int = _counted(
        5_000, "A list no group will finish, found within a blink."
    )
    reach_seconds: float = _judged(
        1.2,
        "With what lies round the search an answer takes two seconds; longer searches hardly find smaller sets.",
    )
    alike_typing: int = _counted(
        60, "While typing, one extra suggestion costs nothing."
    )
    alike_look: int = _counted(
        70, "From here on a pair is worth a look: precision .55."
    )
    alike_most: int = _counted(
        200,
        "A name near more than two hundred others is one of a series, told apart by a number; a full room says one thing less often.",
    )
    alike_same: int = _counted(85, "Here nine listed pairs in ten are the same cause.")


SETTINGS = AnalysisSettings()


def reasons() -> dict[str, str]:
    """Return why each setting has its value, by name, in the order of the record."""
    return {item.name: item.metadata["reason"] for item in fields(AnalysisSettings)}
