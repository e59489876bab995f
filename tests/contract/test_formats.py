"""What every file format promises, asked of the whole registry."""

from __future__ import annotations

import io
import random
import zipfile
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from systemmap.errors import ReadError, SystemMapError
from systemmap.formats import FORMATS, accept, programme_from, read, recognise, write
from systemmap.formats.format import Reading, Written
from systemmap.model.elements import Factor, Link, MapVersion
from systemmap.model.plan import LocalTerm
from systemmap.model.system_map import SystemMap
from systemmap.model.text import folded
from systemmap.model.values import (
    Claim,
    Polarity,
)
from systemmap.testing import programme_of
from tests import sizes
from tests.contract.losses import carried_by, rich_programme
from tests.strategies import system_maps

PHASES = (Phase.explicit, Phase.generate)  # shrinking files takes minutes
GOLDEN = Path(__file__).parents[1] / "golden" / "data"
READERS = [fmt for fmt in FORMATS.values() if fmt.read]
WRITERS = [fmt for fmt in FORMATS.values() if fmt.write]
MAPS = [f for f in READERS if f.write and f.holds == "map"]
WHOLE = [f for f in READERS if f.write and f.holds == "programme"]


def named(fmt):
    return fmt.key


RICH = rich_programme()


def taken(fmt, data):
    """Read a file into a fresh programme and return its map."""
    reading = read(data, f"x{fmt.suffixes[0]}", as_=fmt.key)
    if fmt.holds == "programme":
        return programme_from(reading).system_map(), reading
    draft = programme_of(SystemMap(MapVersion(id="main", name="Main map")))
    accept(draft, reading)
    return draft.system_map(), reading


# What each format carries; the rest must be named among its losses.
FACTOR_FIELDS = {
    "theme": "themes",
    "layer": "layers",
    "note": "notes on factors",
    "tags": "tags",
    "settings": "settings",
    "populations": "populations",
    "places": "places",
    "indicators": "indicators",
    "influence": "marks of local influence",
    "in_scope": "out of scope",
    "unique_to_area": "special to the area",
    "priority": "priorities",
    "reference_key": "reference keys",
    "wordings": "original wordings",
    "mentions": "mention counts",
    "x": "positions",
    "y": "positions",
    "pinned": "pins",
}
LINK_FIELDS = {
    "polarity": "no agreed sign",
    "confidence": "disputed marks|agreed marks|no agreed sign",
    "delay": "delays",
    "strength": "strengths",
    "reason": "reasons",
    "note": "notes on links",
    "directed": "without an arrowhead",
    "mentions": "mention counts of links",
    "claims": "statements behind links",
}


def differing(one, other):
    """Return the fields of factors and links that changed, matched by label."""
    counted = Counter(folded(f.label) for f in one.factors.values())
    labels = {f.label: f for f in other.factors.values()}
    ids = {f.id: f.label for f in other.factors.values()}
    links = {(ids[k.source], ids[k.target]): k for k in other.links.values()}
    found = set()
    for factor in one.factors.values():
        if counted[folded(factor.label)] > 1:
            continue
        twin = labels.get(factor.label)
        for name in FACTOR_FIELDS:
            if twin is None or not alike(getattr(factor, name), getattr(twin, name)):
                found.add(("factor", name))
    for link in one.links.values():
        ends = one.factor(link.source).label, one.factor(link.target).label
        if counted[folded(ends[0])] > 1 or counted[folded(ends[1])] > 1:
            continue
        twin = links.get(ends)
        if twin is None:
            found.add(("link", "undirected" if not link.directed else "polarity"))
            continue
        for name in LINK_FIELDS:
            if not alike(getattr(link, name), getattr(twin, name)):
                found.add(("link", name))
    return found


def alike(one, other):
    if isinstance(one, float) and isinstance(other, float):
        return abs(one - other) <= 1
    if isinstance(one, tuple) and one and isinstance(one[0], Claim):
        return {c.polarity for c in one} == {c.polarity for c in other}
    return one == other


@pytest.mark.parametrize("fmt", MAPS, ids=named)
def test_every_loss_is_named_before_writing(fmt):
    written = fmt.write(RICH, "main")
    again, _ = taken(fmt, written.data)
    said = " | ".join((*written.losses, fmt.loses))
    dashes = [item for item, kept in carried_by(fmt).items() if not kept]
    printed = " | ".join((*dashes, fmt.loses))  # in docs/formats.md
    for kind, name in differing(RICH.system_map(), again):
        if (kind, name) == ("link", "undirected"):
            wanted = "without an arrowhead"
        else:
            wanted = (FACTOR_FIELDS if kind == "factor" else LINK_FIELDS)[name]
        assert any(w in said for w in wanted.split("|")), (kind, name, said)
        assert any(w in printed for w in wanted.split("|")), (kind, name, printed)
    assert "1 actions" in said


@settings(
    max_examples=20 if sizes.WHOLE else 10,
    deadline=None,
    phases=PHASES,
    suppress_health_check=list(HealthCheck),
    database=None,
)
@given(system_map=system_maps())
def test_a_round_trip_keeps_signs_and_labels_and_a_second_changes_nothing_more(
    system_map,
):
    """Every format carries each map: drawing a map takes as long as a format does."""
    for fmt in MAPS:
        written = fmt.write(programme_of(system_map), "main")
        once, _ = taken(fmt, written.data)
        _signs_and_labels_survive_or_are_left_out(fmt, system_map, written, once)
        twice, _ = taken(fmt, fmt.write(programme_of(once), "main").data)
        assert differing(once, twice) <= {("factor", "mentions")}, fmt.key
        assert len(twice.factors) == len(once.factors), fmt.key
        assert len(twice.links) == len(once.links), fmt.key


def _signs_and_labels_survive_or_are_left_out(fmt, system_map, written, again):
    assert len(again.factors) == len(system_map.factors), fmt.key
    if any("names were changed" in loss for loss in written.losses):
        return
    labels = [folded(f.label) for f in system_map.factors.values()]
    if len(set(labels)) < len(labels):
        return
    assert {folded(f.label) for f in again.factors.values()} == set(labels), fmt.key
    signs = {
        (folded(again.factor(k.source).label), folded(again.factor(k.target).label)): k
        for k in again.links.values()
    }
    for link in system_map.links.values():
        ends = (link.source, link.target)
        pair = tuple(folded(system_map.factor(end).label) for end in ends)
        if pair in signs:
            assert signs[pair].polarity in (
                link.polarity,
                Polarity.UNKNOWN,
            ), fmt.key
            if (pair[1], pair[0]) not in signs and link.directed:
                assert signs[pair].polarity is link.polarity, fmt.key
        else:
            assert link.polarity is Polarity.UNKNOWN or not link.directed, fmt.key


@pytest.mark.parametrize("fmt", WRITERS, ids=named)
def test_writing_leaves_the_programme_alone_and_gives_the_same_bytes_twice(fmt):
    programme = rich_programme()
    written = fmt.write(programme, "main")
    assert isinstance(written, Written)
    assert written.suffix in fmt.suffixes
    assert programme == RICH
    assert fmt.write(rich_programme(), "main").data == written.data


@pytest.mark.parametrize("fmt", WRITERS, ids=named)
def test_an_empty_programme_can_be_written(fmt):
    assert fmt.write(programme_of(), "main").data


@pytest.mark.parametrize("fmt", MAPS + WHOLE, ids=named)
def test_what_is_written_is_recognised_whatever_it_is_called(fmt):
    data = fmt.write(RICH, "main").data
    assert recognise(data, "holiday.png").key == fmt.key


@pytest.mark.parametrize("fmt", MAPS, ids=named)
def test_the_same_file_twice_adds_nothing(fmt):
    draft = programme_of(SystemMap(MapVersion(id="main", name="Main map")))
    data = fmt.write(RICH, "main").data
    accept(draft, read(data, "x", as_=fmt.key), file_name="x", data=data)
    before = draft.copy()
    result = accept(draft, read(data, "x", as_=fmt.key), file_name="x", data=data)
    assert draft == before
    assert (result.changed, result.new) == (0, 0)


# -- damage (formats.md 21) ------------------------------------------------------


def samples():
    """Return (format key, file name, bytes) of every fixture and everything we write."""
    found = [
        (f.key, f"written{f.suffixes[0]}", f.write(RICH, "main").data)
        for f in MAPS + WHOLE
    ]
    for path in sorted(GOLDEN.glob("*")):
        if path.is_file() and path.suffix not in (".toml", ".md"):
            data = path.read_bytes()
            found.append((recognise(data, path.name).key, path.name, data))
    return found


SAMPLES = samples()


def survives(data, name, key=None):
    """Read a file; a sentence for people, or a preview, is all that may come out."""
    try:
        reading = read(data, name, as_=key)
    except SystemMapError as refused:
        said = str(refused)
        reading = None
    else:
        said = "read"
    if reading is None:
        assert len(said) > 15, said
        return None
    assert isinstance(reading, Reading)
    assert reading.items == reading.read + reading.skipped + reading.blank
    assert reading.read >= 0
    return reading


DEEP = 100_000 if sizes.WHOLE else 20_000  # Python gives up at one thousand
JUNK = {
    "empty": b"",
    "one byte": b"x",
    "a mark": b"\xef\xbb\xbf",
    "utf-16 mark": b"\xff\xfe",
    "blank lines": b"\n\n \n\r\n",
    "zeros": b"\0" * 1_000_000,
    "header only": b"From,To,Sign\n",
    "random": random.Random(7).randbytes(5_000),  # noqa: S311 - no secret
    "deep json": b"[" * DEEP,
    "deep object": b'{"a":' * (DEEP // 2),
    "nan": b'{"format": "systemmap", "format_version": NaN}',
    "long number": b'{"nodes": ' + b"9" * 400 + b', "edges": [], "version": "1"}',
    "longer number": b'{"elements": ' + b"9" * 50_000 + b"}",
    "two keys": b'{"elements": [], "elements": []}',
    "list for object": b'{"elements": [[1]], "connections": {"a": 1}}',
    "nulls": b'{"nodes": null, "edges": null, "version": null, "styles": null}',
    "entity bomb": b'<!DOCTYPE g [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><graphml>&b;</graphml>',
    "external entity": b'<!DOCTYPE g [<!ENTITY a SYSTEM "file:///etc/passwd">]><gexf>&a;</gexf>',
    "doctype": b"<!DOCTYPE xmile><xmile/>",
    "open tag": b"<graphml><graph",
    "deep xml": b"<graphml>" + b"<a>" * DEEP,
    "odd encoding": b'<?xml version="1.0" encoding="klingon"?><graphml/>',
    "two roots": b"<gexf/><gexf/>",
    "old excel": b"\xd0\xcf\x11\xe0" + b"x" * 100,
    "not a zip": b"PK\x03\x04" + b"x" * 100,
    "endless packing": ("\ufeff" + "\u7fff" * 20_000).encode(),
    "vensim start": b"{UTF-8}\n\\\\\\---/// Sketch information\nV300\n10,x\n1,2\n",
    "loopy": b"https://x/loopy?data=[[[1,2]],[[]],[],1%5D",
    "loopy percent": b"https://x/loopy?data=[[[1,2,3,4,%22%%22,1]],[],[],1%5D",
    "right to left": "From,To\n\u202eA\u202c,\u200bB\n".encode(),
    "lone surrogate": b'{"elements": [{"id": "1", "label": "\\ud800"}], "connections": []}',
}


@pytest.mark.parametrize("name", JUNK)
def test_junk_is_refused_in_words_by_every_reader(name):
    survives(JUNK[name], "junk.bin")
    for fmt in READERS:
        survives(JUNK[name], "junk.bin", fmt.key)


@pytest.mark.parametrize(
    ("key", "name", "data"), SAMPLES, ids=lambda v: v if isinstance(v, str) else ""
)
def test_a_file_cut_short_or_changed_is_refused_or_summed_up(key, name, data):
    for percent in (1, 10, 50, 90, 99):
        survives(data[: len(data) * percent // 100], name, key)
    seeded = random.Random(len(data))  # noqa: S311 - no secret
    for _ in range(25 if sizes.WHOLE else 12):
        changed = bytearray(data)
        changed[seeded.randrange(len(data))] = seeded.randrange(256)
        survives(bytes(changed), name, key)
    lines = data.splitlines(keepends=True)
    seeded.shuffle(lines)
    survives(b"".join(lines), name, key)
    survives(data.replace(b"\r\n", b"\n").replace(b"\n", b"\r"), name, key)


@pytest.mark.parametrize(
    ("key", "name", "data"), SAMPLES, ids=lambda v: v if isinstance(v, str) else ""
)
def test_every_reader_meets_every_other_formats_file_in_words(key, name, data):
    for fmt in READERS:
        if fmt.key != key:
            survives(data, name, fmt.key)


def zipped(*names):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, "some words")
    return out.getvalue()


UNKNOWN = {
    "x.bin": (b"\x01\x02 nothing here \xff\xfe\x81", "data of a program of its own"),
    "note.rtf": (b"{\\rtf1 Action plan}", "a rich text document. Open it in Word"),
    "old.db": (b"SQLite format 3\0" + b"\0" * 90, "a database. If it is a copy"),
    "all.7z": (b"7z\xbc\xaf\x27\x1c" + b"\1" * 90, "a packed folder. Unpack it"),
    "talk.mp3": (b"ID3\x03\0\0" + b"\1" * 90, "a recording. Write down what was said"),
    "feed.xml": (b"<rss><channel/></rss>", "XML with the first element “rss”. Export"),
    "x.json": (b'{"colour": 1, "size": 2}', "JSON data with colour and size. A map"),
    "slides.pptx": (
        zipped("ppt/slides/slide1.xml"),
        "PowerPoint slides. Copy the table",
    ),
    "some.zip": (zipped("a.txt", "b.txt"), "a zip of a.txt and b.txt. Unpack it"),
    "few.csv": (b"Colour,Size\nRed,1\n", "a table headed “Colour | Size”. Choose"),
}


@pytest.mark.parametrize("name", UNKNOWN)
def test_a_file_nobody_knows_is_called_what_it_seems_with_the_next_step(name):
    data, said = UNKNOWN[name]
    with pytest.raises(
        ReadError, match=r"\AThis is not a file systemmap knows"
    ) as told:
        read(data, name)
    assert f"It seems to be {said}" in str(told.value)


def test_a_pdf_and_a_picture_have_ways_out_of_their_own():
    with pytest.raises(ReadError, match=r"This is a PDF.*paste it here as text"):
        read(b"%PDF-1.7 and more", "x.pdf")
    with pytest.raises(
        ReadError, match=r"This is a picture\. A photo of notes goes to Workshop"
    ):
        read(b"\0\0\0\x18ftypheic and more", "x.heic")


def test_a_format_is_found_by_its_key_and_by_its_ending():
    assert write(RICH, "links_csv").data == write(RICH, ".csv.zip").data
    with pytest.raises(SystemMapError, match="Did you mean 'links_csv'"):
        write(RICH, "link_csv")


@pytest.mark.parametrize("fmt", FORMATS.values(), ids=named)
def test_a_format_says_what_it_is_and_what_it_loses(fmt):
    assert fmt.read or fmt.write
    assert fmt.loses.endswith(".")
    assert fmt.holds in (
        "programme",
        "map",
        "plan",
        "actions",
        "assets",
        "notes",
        "data",
    )
    assert all(s.startswith(".") for s in fmt.suffixes)


def test_the_records_of_a_map_come_after_those_they_refer_to():
    for fmt in MAPS:
        reading = read(fmt.write(RICH, "main").data, "x", as_=fmt.key)
        order = [type(r) for r in reading.records]
        ranks = {LocalTerm: 0, MapVersion: 1, Factor: 2, Link: 3}
        assert [ranks[t] for t in order] == sorted(ranks[t] for t in order)
