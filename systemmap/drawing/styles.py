"""How things look: one table for the paper drawing, the canvas and the legend."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from systemmap.model.values import Confidence, Strength
from systemmap.vocab import label, terms

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

FONT = "Source Sans Pro"
FONT_STACK = (
    "'Source Sans 3','Source Sans Pro','Source Sans','Segoe UI',system-ui,sans-serif"
)

UNSORTED = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Roles:
    """The colours of one look, by what they are for (design guide, section 2)."""

    name: str
    paper: str
    ground: str
    ink: str
    quiet: str
    border: str
    action: str
    focus: str
    more: str
    less: str
    unknown: str


LIGHT = Roles(
    name="light",
    paper="#FFFFFF",
    ground="#FAFAF7",
    ink="#1B2127",
    quiet="#55606B",
    border="#6F777B",
    action="#0B5C6B",
    focus="#FFBF47",
    more="#1B2127",
    less="#A4262C",
    unknown="#55606B",
)
DARK = Roles(
    name="dark",
    paper="#1C2127",
    ground="#14181D",
    ink="#F1F3F5",
    quiet="#B4BDC6",
    border="#8B949E",
    action="#6CC5D4",
    focus="#FFBF47",
    more="#E6EAEE",
    less="#FF9A94",
    unknown="#B4BDC6",
)

# Outline by theme for light and dark ground. Every pair keeps a CIELAB distance
# of 20 for full and for the three common kinds of reduced colour vision
# (Machado 2009, full severity); tests/drawing computes it.
_PALETTE = (
    ("food_environment", "#AD825D", "#BD831E"),
    ("physical_activity", "#399996", "#358A87"),
    ("schools", "#7F4AD7", "#9D53DA"),
    ("workplaces", "#5A4615", "#8E7A3A"),
    ("planning_transport", "#105DA1", "#6CB4FF"),
    ("social_cultural", "#760C5C", "#796AB0"),
    ("mental_wellbeing", "#6E9B14", "#B3DD58"),
    ("economic_poverty", "#AB4860", "#FFA8C7"),
    ("healthcare", "#22412B", "#7CA17E"),
)
FILL_SHARE = 0.09
GROUND_SHARE = 0.07  # of a theme's colour in its ground
NAME_SHARE = 0.5  # of a theme's colour in its name on the ground
HEAT_SHARE = 0.5  # of the measure's colour in the box that has most of it


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeStyle:
    """How one theme is drawn: its name, its corner code and its outline.

    `second` is True when the palette is used up and the outline is doubled.
    """

    key: str
    name: str
    code: str
    light: str
    dark: str
    dashed: bool = False
    second: bool = False

    def colour(self, roles: Roles) -> str:
        """Return its outline on a light or a dark ground."""
        return self.dark if roles.name == "dark" else self.light


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkStyle:
    """How one kind of link is drawn and said."""

    key: str
    sign: str
    light: str
    dark: str
    dash: tuple[float, ...]
    head: str  # filled or open
    words: str
    rest: float  # share of its ink at rest: names lead, and the line keeps 3:1
    lines: int = 1

    def colour(self, roles: Roles) -> str:
        """Return its colour on a light or a dark ground."""
        return self.dark if roles.name == "dark" else self.light


LINK_STYLES: Mapping[str, LinkStyle] = MappingProxyType(
    {
        style.key: style
        for style in (
            LinkStyle(
                key="more",
                sign="+",
                light=LIGHT.more,
                dark=DARK.more,
                dash=(),
                head="filled",
                words="more of one leads to more of the other",
                rest=0.5,
            ),
            LinkStyle(
                key="less",
                sign="\N{MINUS SIGN}",
                light=LIGHT.less,
                dark=DARK.less,
                dash=(7, 4),
                head="open",
                words="more of one leads to less of the other",
                rest=0.63,
            ),
            LinkStyle(
                key="unknown",
                sign="?",
                light=LIGHT.unknown,
                dark=DARK.unknown,
                dash=(1.5, 4),
                head="open",
                words="direction not agreed",
                rest=0.7,
            ),
            LinkStyle(
                key="disputed",
                sign="\N{PLUS-MINUS SIGN}",
                light=LIGHT.unknown,
                dark=DARK.unknown,
                dash=(),
                head="open",
                words="tables disagree about the direction",
                rest=0.7,
                lines=2,
            ),
        )
    }
)

WIDTHS: Mapping[Strength, float] = MappingProxyType(
    {
        Strength.WEAK: 0.9,
        Strength.UNRATED: 1.4,
        Strength.MEDIUM: 1.9,
        Strength.STRONG: 3.0,
    }
)
INK_SHARE: Mapping[Confidence, float] = MappingProxyType(
    {Confidence.STATED: 0.6, Confidence.AGREED: 1.0, Confidence.DISPUTED: 1.0}
)
AT_REST = 0.75  # of ink and width: links stand back until something is chosen
INK_WORDS = "full ink: agreed by the group; lighter: stated, not yet agreed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rating:
    """A rating in colour, word and sign together; also what stands where there is none."""

    key: str
    word: str
    sign: str
    ink: str
    fill: str


RATINGS: Mapping[str, Rating] = MappingProxyType(
    {
        rating.key: rating
        for rating in (
            Rating(key="red", word="Red", sign="▼", ink="#A4262C", fill="#FBE6E6"),
            Rating(key="amber", word="Amber", sign="●", ink="#1B2127", fill="#FFD98A"),
            Rating(key="green", word="Green", sign="▲", ink="#0B6B3A", fill="#E0F2E7"),
            Rating(
                key="blue", word="Complete", sign="✓", ink="#1F5A8C", fill="#E3EDF7"
            ),
            Rating(
                key="not_planned",
                word="Not planned yet",
                sign="–",
                ink="#1B2127",
                fill="#DDE1E4",
            ),
            Rating(
                key="no_update",
                word="No update",
                sign="○",
                ink="#55606B",
                fill="#F4F5F5",
            ),
        )
    }
)


def theme_styles(
    themes: Iterable[str], names: Mapping[str, str] | None = None
) -> dict[str, ThemeStyle]:
    """Return the style of each theme named, in the order of the key.

    Parameters
    ----------
    themes : iterable of str
        Theme keys as factors carry them; "" = not sorted.
    names : mapping, optional
        Names of the programme's own themes by key.

    Returns
    -------
    dict[str, ThemeStyle]
        Themes of the vocabulary first, in its order and with its colours, then
        a programme's own in alphabetical order, then "not sorted" if it is
        used. Codes differ from one another. A tenth theme repeats a colour
        with a second outline.
    """
    wanted = set(themes)
    standard = [key for key, _, _ in _PALETTE if key in wanted]
    local = sorted(wanted - set(standard) - {UNSORTED}, key=str.casefold)
    free = [row for row in _PALETTE if row[0] not in wanted]
    taken: set[str] = set()
    found: dict[str, ThemeStyle] = {}
    for key in (*standard, *local):
        second = False
        if key in standard:
            _, light, dark = next(row for row in _PALETTE if row[0] == key)
        else:
            at = local.index(key)
            second = at >= len(free)
            pool = _PALETTE if second else free
            _, light, dark = pool[(at - len(free) if second else at) % len(pool)]
        name = (names or {}).get(key) or label("themes", key)
        code = _code(key, name, taken)
        taken.add(code)
        found[key] = ThemeStyle(
            key=key, name=name, code=code, light=light, dark=dark, second=second
        )
    if UNSORTED in wanted:
        found[UNSORTED] = ThemeStyle(
            key=UNSORTED,
            name="Not sorted",
            code="\N{EN DASH}",
            light=LIGHT.border,
            dark=DARK.border,
            dashed=True,
        )
    return found


def rest_ink(style: LinkStyle, ink: float) -> float:
    """Return the share of ink of a link that stands back, never too pale to see."""
    return max(style.rest, round(AT_REST * ink, 3))


def tint(colour: str, ground: str, share: float = FILL_SHARE) -> str:
    """Return `share` of a colour laid over a ground, as one opaque colour.

    Examples
    --------
    >>> tint("#000000", "#FFFFFF", 0.5)
    '#808080'
    """
    pairs = zip(_channels(colour), _channels(ground), strict=True)
    mixed = (round(over * share + under * (1 - share)) for over, under in pairs)
    return "#" + "".join(f"{value:02X}" for value in mixed)


def contrast(one: str, other: str) -> float:
    """Return the WCAG contrast ratio of two colours."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    """Return the relative luminance of a colour (WCAG 2.2)."""
    red, green, blue = (_linear(value / 255) for value in _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _code(key: str, name: str, taken: set[str]) -> str:
    known = terms("theme_codes").get(key)
    if known and known.label not in taken:
        return known.label
    letters = [sign.upper() for sign in name if sign.isalnum()] or ["T"]
    starts = [word[0].upper() for word in name.split() if word[0].isalnum()]
    first = starts[0] if starts else letters[0]
    choices = [first + other for other in (*starts[1:], *letters[1:], *"23456789")]
    return next((code for code in choices if code not in taken), f"{first}{len(taken)}")


def looks() -> dict[str, Any]:
    """Return every colour, style, width, ink and share as plain data, for the canvas."""
    return {
        "light": asdict(LIGHT),
        "dark": asdict(DARK),
        "links": {key: asdict(style) for key, style in LINK_STYLES.items()},
        "at_rest": AT_REST,
        "widths": {strength.value: width for strength, width in WIDTHS.items()},
        "inks": {confidence.value: ink for confidence, ink in INK_SHARE.items()},
        "shares": {
            "fill": FILL_SHARE,
            "ground": GROUND_SHARE,
            "name": NAME_SHARE,
            "heat": HEAT_SHARE,
        },
    }
