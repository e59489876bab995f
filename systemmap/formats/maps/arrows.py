"""Outline text: `Stress -> Snacking +`, one statement a line, as people type it.

Carries signs, unknown signs, delays, two-headed links, links without a head,
themes, mention counts and one line of note. Loses positions, weak and medium
strength, tags, layers and other fields.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from systemmap.formats.format import Format, Reading, Written
from systemmap.formats.maps._links_out import links_out
from systemmap.formats.maps._losses import losses_of
from systemmap.formats.maps._map_builder import MapBuilder
from systemmap.formats.maps._outline_words import (
    LINKING,
    is_rule,
    is_span_of_time,
    outside_brackets,
)
from systemmap.formats.maps._sign_words import Sign, read_sign
from systemmap.formats.maps._themes import theme_labels
from systemmap.formats.maps._unique import renamed, unique_labels
from systemmap.formats.reading.limits import LIMITS, check_count
from systemmap.formats.sighting import NO, certain, likely, possible
from systemmap.language.phrases import counted
from systemmap.model.text import clean
from systemmap.model.values import Polarity, Strength

if TYPE_CHECKING:
    from systemmap.formats.maps._links_out import LinkOut
    from systemmap.formats.sighting import Recognition, Sighting
    from systemmap.model.elements import Factor
    from systemmap.model.programme import Programme

# What may stand between two names: its own sign, its direction.
_ARROWS: dict[str, tuple[str, str]] = {
    "<->": ("", "mutual"),
    "<-->": ("", "mutual"),
    "↔": ("", "mutual"),
    "-|": ("-", "directed"),
    "⊣": ("-", "directed"),
    "-->": ("", "directed"),
    "->": ("", "directed"),
    "=>": ("", "directed"),
    "→": ("", "directed"),
    "➔": ("", "directed"),
    "---": ("", "undirected"),
}
# What Word makes of "-->" and "==>" while somebody types, and what means the same.
_RETYPED = {
    "\u2013>": "->",
    "\u2014>": "->",
    "\u2212>": "->",
    **dict.fromkeys(("\uf0e0", "\u27f6", "\u279b", "\u279c", "\u279d", "\u279e"), "->"),
    "\uf0e8": "=>",
    "==>": "=>",
}
_WORDS: dict[str, tuple[str, str]] = {
    "leads to": ("", "directed"),
    "causes": ("", "directed"),
    "increases": ("+", "directed"),
    "reduces": ("-", "directed"),
    "decreases": ("-", "directed"),
}
_MARKS = "|".join(re.escape(a) for a in sorted(_ARROWS, key=len, reverse=True))
_ARROW = re.compile(
    rf"(?:(?<!\s)\s++)?+({_MARKS})\s*+|(?<!\s)\s++({'|'.join(_WORDS)})\s++",
    re.IGNORECASE,
)
_DRAWN = re.compile(_MARKS)
_SIGN = re.compile(r"(?:^|\s)(\+\+|--|[+＋?\-−–—－‐‑‒±]|\+-|-\+|\+/-)\s*\Z")
_DELAY = re.compile(r"(?<!\s)\s++(\(delay(?:ed)?\)|//)\s*+\Z", re.IGNORECASE)
_MENTIONS = re.compile(r"(?<!\s)\s++(?:\((\d{1,6})\)|x(\d{1,6}))\s*+\Z")
_NOTE = re.compile(r"(?<!\s)\s++:\s++(.*)\Z", re.DOTALL)
_QUOTED = re.compile(r'"((?:[^"]|"")*)"')
_HELD = re.compile("\ue000(\\d+)\ue001")
_LONGEST = 2_000
_MARKED = ("+", "-", "?", "\u2212", "\u2013", "\u2014", "++", "--", "+-", "-+", "+/-")
_CARRIED = frozenset(
    {
        "themes",
        "notes on factors",
        "mention counts",
        "links with no agreed sign",
        "disputed marks",
        "delays",
        "reasons",
        "links without an arrowhead",
        "two-headed links",
        "mention counts of links",
        "statements behind links",
    }
)


@dataclass(frozen=True, slots=True)
class _Part:
    """One name of a line, with the marks that stood after it."""

    text: str
    sign: str = ""
    delay: bool = False
    mentions: int = 0


def recognise(sighting: Sighting) -> Recognition:
    """Count the lines that hold an arrow, or a phrase such as "leads to"."""
    lines = [_with_arrows(" ".join(line.split())) for line in sighting.lines]
    lines = [s for s in lines if not s.startswith(("#", "[")) and not is_rule(s)]
    if not lines:
        return NO
    lines = [line for line in lines if not is_span_of_time(line, _DRAWN)]
    drawn = sum(bool(_DRAWN.search(line)) for line in lines)
    linked = sum(bool(_ARROW.search(line)) for line in lines)
    if not linked:
        return NO
    drawn_words = f"{counted(drawn, 'line')} of {len(lines):,} hold an arrow"
    if drawn * 2 >= len(lines):
        return certain(drawn_words)
    if drawn:
        return likely(drawn_words)
    words = f"{counted(linked, 'line')} of {len(lines):,} say 'leads to' or the like"
    return likely(words) if linked * 2 >= len(lines) else possible(words)


def read(sighting: Sighting) -> Reading:
    """Read outline text; every line is one item."""
    text = sighting.decoded()
    builder = MapBuilder("arrows", "outline")
    builder.name = sighting.stem
    if text.guessed:
        builder.guess(
            "",
            "The text is not UTF-8; it was read as Windows-1252. Check accents.",
            text.text[:60],
        )
    lines = text.text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if lines and not lines[-1]:
        lines.pop()
    check_count(len(lines), LIMITS.lines, "lines")
    theme = ""
    for n, line in enumerate((" ".join(s.split()) for s in lines), 1):
        heading = re.fullmatch(r"\[(.*)\]", line)
        if not line or line.startswith("#") or heading or is_rule(line):
            theme = heading[1] if heading else theme
            builder.leave_blank()
        elif len(line) > _LONGEST:
            builder.skip(
                f"Line {n}",
                f"It has {len(line):,} characters; the limit is {_LONGEST:,}. The line was skipped.",
                line,
            )
        else:
            _take_line(builder, line, f"Line {n}", theme)
    return builder.reading()


def _take_line(builder: MapBuilder, line: str, where: str, theme: str) -> None:
    held: list[str] = []

    def hold(match: re.Match[str]) -> str:
        held.append(match[1].replace('""', '"'))
        return f"\ue000{len(held) - 1}\ue001"

    line = _QUOTED.sub(hold, re.sub("[\ue000\ue001]", "", line))
    note = _NOTE.search(line)
    if note:
        line = line[: note.start()]
    said = _shown(note[1], held, quoted=True) if note else ""
    pieces = _ARROW.split(_with_arrows(line))
    names = pieces[::3]
    arrows = [(a or b).lower() for a, b in zip(pieces[1::3], pieces[2::3], strict=True)]
    parts = [_part(name) for name in names]
    if not all(part.text for part in parts):
        builder.skip(
            where,
            "There is no name on one side of the arrow. The line was skipped.",
            line,
        )
    elif not arrows:
        _take_factor(builder, parts[0], held, where, theme, said)
    else:
        _take_chain(builder, parts, arrows, held, where, theme, said)


def _with_arrows(line: str) -> str:
    """Return a line with the arrows that Word put in as they were typed."""
    for shown, typed in _RETYPED.items():
        line = line.replace(shown, typed)
    return line


def _part(text: str) -> _Part:
    """Take sign, delay and mentions off the end of a name, in any order."""
    found = _Part(text.strip())
    while True:
        text = f" {found.text}"
        if (match := _DELAY.search(text)) and not found.delay:
            found = replace(found, delay=True)
        elif (match := _MENTIONS.search(text)) and not found.mentions:
            found = replace(found, mentions=int(match[1] or match[2]))
        elif (match := _SIGN.search(text)) and not found.sign:
            found = replace(found, sign=match[1])
        elif not found.sign and (mark := _bracketed(text)):
            found = replace(found, sign=mark, text=found.text[: -len(mark) - 2].strip())
            continue
        else:
            return found
        found = replace(found, text=text[: match.start()].strip())


def _bracketed(text: str) -> str:
    """Return the sign that stands in brackets at the end of a name: (+), (?)."""
    inner = text.rstrip()[-4:].rpartition("(")[2]
    mark = inner[:-1].strip() if inner.endswith(")") else ""
    before = text.rstrip()[: -len(inner) - 1]
    return inner[:-1] if before.strip() and mark in _MARKED else ""


def _take_factor(
    builder: MapBuilder, part: _Part, held: list[str], where: str, theme: str, note: str
) -> None:
    label = _shown(part.text, held)
    if part.sign:
        label = f"{label} {part.sign}"
    if builder.has_label(label) and not builder.is_implied(label):
        builder.items += 1
        builder.remark(
            where, f"'{label}' stands here once more. It was counted as a mention."
        )
        builder.mention(label, max(part.mentions, 1))
        return
    if not LINKING.isdisjoint(label.casefold().split()):
        said = "This line holds no arrow, so it was read as a cause without links. If it says what leads to what, write it with -> between them."
        builder.guess(where, said, label)
    builder.factor(label, where=where, theme=theme, note=note, mentions=part.mentions)


def _take_chain(
    builder: MapBuilder,
    parts: list[_Part],
    arrows: list[str],
    held: list[str],
    where: str,
    theme: str,
    note: str,
) -> None:
    """Take one line of links; a line of several counts once, its further links too."""
    signs = [part.sign for part in parts[1:]]
    if len(arrows) > 1 and not all(signs) and any(signs):
        n = ("first", "second", "third")[min(signs.index(""), 2)]
        builder.guess(
            where,
            f"{len(arrows)} arrows but the sign of the {n} is missing. Read as unknown.".replace(
                "2 arrows", "two arrows"
            ),
            "",
        )
    shown: dict[str, tuple[str, str]] = {}  # each name as shown, and its factor

    def end(text: str) -> tuple[str, str]:
        if text not in shown:
            name = _shown(text, held)
            shown[text] = name, builder.named(name, where=where, theme=theme)
        return shown[text]

    sources = [parts[0].text]
    if len(outside_brackets(sources[0])) > 1:
        said = f"What stands before the arrow, '{_shown(sources[0], held)[:60]}', was read as one cause. If it is several, write a line for each."
        builder.guess(where, said, sources[0])
    for part, arrow in zip(parts[1:], arrows, strict=True):
        own_sign, direction = (_ARROWS | _WORDS)[arrow]
        targets = [t.strip() for t in outside_brackets(part.text) if t.strip()]
        sign = read_sign(part.sign or own_sign) if part.sign or own_sign else Sign()
        for source in sources:
            for target in targets:
                one, other = end(source), end(target)
                builder.link(
                    one[1],
                    other[1],
                    where=where,
                    sign=sign,
                    direction=direction,
                    raws=(one[0], other[0]),
                    delay=part.delay or None,
                    mentions=part.mentions,
                    reason=note,
                )
        sources = targets


def _shown(text: str, held: list[str], *, quoted: bool = False) -> str:
    """Put quoted words back; in a note they keep their quote marks."""
    mark = '"' if quoted else ""
    return _HELD.sub(lambda m: f"{mark}{held[int(m[1])]}{mark}", text).strip()


# -- writing -------------------------------------------------------------------


def write(programme: Programme, map_id: str = "main") -> Written:
    """Write factors by theme, then links, one a line."""
    system_map = programme.system_map(map_id)
    labels = unique_labels(system_map)
    names = {key: _name(label) for key, label in labels.items()}
    themes = theme_labels(programme)
    lines = [f"# {_line(programme.info.name)}: {_line(system_map.version.name)}"]
    for theme in sorted({f.theme for f in system_map.factors.values()}):
        if theme:
            lines.append(f"[{_line(themes.get(theme, theme))}]")
        inside = [f for f in system_map.factors.values() if f.theme == theme]
        lines += [
            _factor_line(f, names[f.id]) for f in sorted(inside, key=lambda f: f.id)
        ]
    lines += [_link_line(out, names) for out in links_out(system_map)]
    text = "\n".join(lines) + "\n"
    strengths = sum(
        k.strength in (Strength.WEAK, Strength.MEDIUM)
        for k in system_map.links.values()
    )
    carried = _CARRIED if strengths else _CARRIED | {"strengths"}
    losses = losses_of(programme, map_id, carried=carried)
    return Written(
        data=text.encode("utf-8", "replace"),
        suffix=".txt",
        losses=(*renamed(system_map, labels), *losses),
    )


def _factor_line(factor: Factor, name: str) -> str:
    mentions = f" ({factor.mentions})" if factor.mentions else ""
    said = _line(factor.note)
    note = f" : {said}" if said else ""
    return f"{name}{mentions}{note}"


def _link_line(out: LinkOut, names: dict[str, str]) -> str:
    link = out.link
    arrow = {"directed": "->", "mutual": "<->", "undirected": "---"}[out.direction]
    strong = link.strength is Strength.STRONG and out.polarity is not Polarity.UNKNOWN
    sign = out.polarity.value * (2 if strong else 1)
    delay = " (delay)" if link.delay else ""
    mentions = f" ({out.mentions})" if out.mentions else ""
    said = " ".join(filter(None, (_line(link.reason), _line(link.note))))
    note = f" : {said}" if said else ""
    return f"{names[link.source]} {arrow} {names[link.target]} {sign}{delay}{mentions}{note}"


def _line(text: str) -> str:
    return " ".join(clean(text).split())


def _name(label: str) -> str:
    """Quote a name that would otherwise be read as more than a name."""
    plain = _part(label).text == label and not _ARROW.search(f"a {label} a")
    plain = plain and _with_arrows(label) == label
    if plain and not re.search(r'[",;\[\]#:\ue000\ue001]|\s{2}', label):
        return label
    doubled = label.replace('"', '""')
    return f'"{doubled}"'


FORMAT = Format(
    key="arrows",
    title="Outline text with arrows",
    holds="map",
    suffixes=(".txt",),
    loses="Loses positions, weak and medium strength, tags, layers, wordings and other fields; reasons and notes on links become one line.",
    recognise=recognise,
    read=read,
    write=write,
)
