"""Food hygiene ratings (XML or JSON), read as a stream: food outlets by kind and council.

The list is of food businesses; it says nothing on how healthy their food is.
Ratings, addresses and business names are not kept, only counts. Not written.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING
from xml.parsers import expat

from systemmap.errors import Problem, ReadError
from systemmap.formats.format import Format, Reading
from systemmap.formats.reading.csv_stream import number_from
from systemmap.formats.reading.file_text import decode
from systemmap.formats.reading.limits import LIMITS, check_count, check_size
from systemmap.formats.sighting import NO, says_so
from systemmap.language.phrases import counted as counted_words
from systemmap.model.evidence import Indicator, Observation
from systemmap.model.text import clean_label, slug

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from systemmap.formats.sighting import Recognition, Sighting

NOTICE = "Source: Food Standards Agency, Food Hygiene Rating Scheme. Contains public sector information licensed under the Open Government Licence v3.0. The list counts food businesses and says nothing on how healthy their food is."
KINDS = {
    "7844": "Takeaways and sandwich shops",
    "1": "Restaurants, cafes and canteens",
    "7840": "Supermarkets and hypermarkets",
    "7843": "Pubs, bars and nightclubs",
}
_ROOT = re.compile(rb"<(?:\w+:)?FHRSEstablishment\b")
_JSON_ROOT = re.compile(rb'"(?:FHRSEstablishment|establishments)"\s*:')
_LIST = re.compile(r'"(?:EstablishmentDetail|establishments)"\s*:\s*([\[{])')
_COLLECTION = '"EstablishmentCollection"'  # since 2024 it is the list itself
_SPACE = re.compile(r"[\s,]*")


@dataclass(frozen=True, slots=True)
class Outlet:
    """One food business; where it is, if the file says so. `rating_date` "" = none."""

    id: str
    name: str
    kind: str
    kind_id: str
    postcode: str
    authority: str
    rating: str
    rating_date: str
    longitude: float | None
    latitude: float | None


def recognise(sighting: Sighting) -> Recognition:
    """Say whether the file begins as a food hygiene file does."""
    head = sighting.data[:4096]
    if _ROOT.search(head) or (sighting.kind == "json" and _JSON_ROOT.search(head)):
        return says_so("it lists food businesses with their hygiene ratings")
    return NO


def read(sighting: Sighting) -> Reading:
    """Read counts of outlets by kind and council.

    Raises
    ------
    ReadError
        Above 100 MB, damaged, or no list of food businesses.
    """
    counter = _Counter(period=_extracted(sighting.data))
    for number, outlet in enumerate(outlets(sighting.data), 1):
        check_count(number, LIMITS.data_rows, "food businesses")
        counter.take(outlet)
    if not counter.items:
        raise ReadError(
            "The file lists no food business. Download your council's file again."
        )
    return counter.reading()


def outlets(data: bytes) -> Iterator[Outlet]:
    """Yield each food business as it is read, for counting by place.

    Raises
    ------
    ReadError
        The file is damaged, or no food hygiene file.
    """
    check_size(data, LIMITS.data_bytes)
    details = _from_xml(data) if _ROOT.search(data[:4096]) else _from_json(data)
    return map(_outlet, details)


def _outlet(detail: Mapping[str, str]) -> Outlet:
    longitude, latitude, _ = located(
        detail.get("longitude", ""), detail.get("latitude", "")
    )
    rated = detail.get("ratingdate", "")[:10]
    return Outlet(
        id=detail.get("fhrsid", ""),
        name=detail.get("businessname", ""),
        kind=detail.get("businesstype", ""),
        kind_id=detail.get("businesstypeid", ""),
        postcode=detail.get("postcode", "").upper(),
        authority=detail.get("localauthorityname", ""),
        rating=detail.get("ratingvalue", ""),
        rating_date="" if rated.startswith("1901-01-01") else rated,
        longitude=longitude,
        latitude=latitude,
    )


def located(longitude: str, latitude: str) -> tuple[float | None, float | None, bool]:
    """Return a place in Great Britain from two texts, and whether they were swapped.

    Blank, null, zero and impossible pairs give None: no location, not (0, 0).

    Examples
    --------
    >>> located("52.6", "-0.7")
    (-0.7, 52.6, True)
    >>> located("", "52.6")
    (None, None, False)
    """
    x, y = number_from(longitude), number_from(latitude)
    if x is None or y is None:
        return None, None, False
    if 49 <= y <= 61 and -9 <= x <= 2.5:
        return x, y, False
    if 49 <= x <= 61 and -9 <= y <= 2.5:
        return y, x, True
    return None, None, False


@dataclass(slots=True)
class _Counter:
    counts: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    placed: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    ids: set[str] = field(default_factory=set)
    premises: Counter[tuple[str, str]] = field(default_factory=Counter)
    problems: list[Problem] = field(default_factory=list)
    items: int = 0
    period: str = ""  # the day on which the agency drew the list

    def take(self, outlet: Outlet) -> None:
        """Count one business once."""
        self.items += 1
        if outlet.id and outlet.id in self.ids:
            if len(self.problems) < 1_000:
                self.problems.append(
                    Problem(
                        f"FHRSID {outlet.id}",
                        "This business stands in the file twice. It was counted once.",
                        "skipped",
                    )
                )
            else:
                self.items -= 1
            return
        self.ids.add(outlet.id)
        if outlet.postcode:
            self.premises[outlet.name.casefold(), outlet.postcode] += 1
        key = (outlet.authority or "not stated", outlet.kind_id, outlet.kind)
        self.counts[key] += 1
        self.placed[key] += outlet.longitude is not None

    def reading(self) -> Reading:
        """Return one figure for each kind and council."""
        located = sum(self.placed.values())
        counted = sum(self.counts.values())
        doubles = sum(n - 1 for n in self.premises.values() if n > 1)
        if doubles:
            one = doubles == 1
            self.problems.append(
                Problem(
                    "",
                    f"{counted_words(doubles, 'business shares its', 'businesses share their')} name and postcode with another. {'It' if one else 'They'} may be one premises under two ids; all were counted.",
                    "note",
                )
            )
        if counted > located:
            without = counted_words(
                counted - located,
                "has no location, so it counts",
                "have no location, so they count",
            )
            without = f"{without} for the district but not for wards"
            self.problems.append(
                Problem(
                    "",
                    f"{counted_words(counted, 'outlet')} read; {without}.",
                    "note",
                )
            )
        indicators: dict[str, Indicator] = {}
        figures = []
        for (authority, kind_id, kind), count in sorted(self.counts.items()):
            name = KINDS.get(kind_id) or clean_label(kind) or "Kind not stated"
            key = slug(f"food outlets {name}")
            indicators.setdefault(
                key,
                Indicator(
                    id=key,
                    name=f"Food outlets: {name}",
                    unit="outlets",
                    source="Food Hygiene Rating Scheme",
                    licence="Open Government Licence v3.0",
                    source_id=f"fhrs-{kind_id}",
                    note="Counts food businesses; it says nothing on how healthy their food is.",
                ),
            )
            figures.append(
                Observation(
                    id=f"{key}.{slug(authority)}",
                    indicator_id=key,
                    area_name=authority,
                    period=self.period,
                    period_order=int(self.period.replace("-", "") or 0),
                    value=float(count),
                    count=float(count),
                    extra={"with a location": self.placed[authority, kind_id, kind]},
                )
            )
        return Reading(
            format=FORMAT.key,
            dialect="Food hygiene ratings",
            records=(*indicators.values(), *_merged(figures)),
            problems=tuple(self.problems),
            items=self.items,
            summary={
                "outlets": counted,
                "without a location": counted - located,
                "kinds": len(indicators),
                "councils": len({a for a, _, _ in self.counts}),
            },
            notice=NOTICE,
        )


def _merged(figures: list[Observation]) -> Iterator[Observation]:
    """Add up kinds that have one name under two ids."""
    by_id: dict[str, list[Observation]] = {}
    for figure in figures:
        by_id.setdefault(figure.id, []).append(figure)
    for same in by_id.values():
        total = sum(f.value or 0 for f in same)
        first = same[0]
        yield (
            first
            if len(same) == 1
            else replace(first, value=total, count=total, extra={})
        )


def _extracted(data: bytes) -> str:
    """Return the day the file's header gives, for instance "2026-11-02"; "" = none."""
    head = data[:4096].decode("utf-8", "replace")
    after = head.partition("ExtractDate")[2].lstrip('>": ')[:10]
    try:
        return date.fromisoformat(after).isoformat()
    except ValueError:
        return ""


def _from_xml(data: bytes) -> Iterator[dict[str, str]]:
    """Yield each business as flat text by lower-case tag."""
    done: list[dict[str, str]] = []
    state: dict[str, str] = {}
    text: list[str] = []
    inside = False

    def start(tag: str, _: object) -> None:
        nonlocal inside, state
        text.clear()
        if _local(tag) == "establishmentdetail":
            inside, state = True, {}

    def end(tag: str) -> None:
        nonlocal inside
        name = _local(tag)
        if name == "establishmentdetail":
            inside = False
            done.append(state)
        elif inside:
            state.setdefault(name, "".join(text).strip())
        text.clear()

    def doctype(*_: object) -> None:
        raise ReadError(
            "This file contains an XML document type definition. Download it again."
        )

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = text.append
    parser.StartDoctypeDeclHandler = doctype
    for place in range(0, len(data) + 1, 262_144):
        chunk = data[place : place + 262_144]
        try:
            parser.Parse(chunk, place + 262_144 > len(data))
        except (expat.ExpatError, LookupError, ValueError):
            line = parser.CurrentLineNumber
            msg = f"The file is damaged at line {line}. It may have been cut short: download it again."
            raise ReadError(msg) from None
        yield from done
        done.clear()


def _from_json(data: bytes) -> Iterator[dict[str, str]]:
    text = decode(data).text
    place = _first_business(text)
    alone = text[place] == "{" and text[place - 1] != "["
    decoder = json.JSONDecoder()
    while True:
        gap = _SPACE.match(text, place)
        place = gap.end() if gap else place
        if text.startswith("]", place):
            return
        try:
            item, place = decoder.raw_decode(text, place)
        except (ValueError, RecursionError):
            line = text.count("\n", 0, place) + 1
            msg = f"The file is damaged near line {line}. It may have been cut short: download it again."
            raise ReadError(msg) from None
        yield _flat(item)
        if alone:
            return


def _first_business(text: str) -> int:
    """Return where the first one begins: in a list of its own kind, or in the collection."""
    if begin := _LIST.search(text):
        return begin.start(1) + (begin[1] == "[")
    _, name, rest = text.partition(_COLLECTION)
    after = rest.lstrip().removeprefix(":").lstrip()
    if not name or not after.startswith("["):
        raise ReadError(
            "The file lists no food business. Download your council's file again."
        )
    return len(text) - len(after) + 1


def _flat(item: object) -> dict[str, str]:
    if not isinstance(item, dict):
        return {}
    found: dict[str, str] = {}
    for key, value in item.items():
        if isinstance(value, dict):
            found |= {
                k: v for k, v in _flat(value).items() if k in ("longitude", "latitude")
            }
        elif value is not None and not isinstance(value, list):
            found[str(key).casefold()] = str(value).strip()
    return found


def _local(tag: str) -> str:
    return tag.rpartition(":")[2].casefold()


FORMAT = Format(
    key="food_ratings",
    title="Food hygiene ratings",
    holds="data",
    suffixes=(".xml", ".json"),
    loses="Only counts by kind and council are kept; names, addresses and ratings are not.",
    recognise=recognise,
    read=read,
)
