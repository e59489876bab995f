"""A photo of notes: parted right, within limits, nothing of the camera kept, nothing guessed."""

from __future__ import annotations

import itertools
import struct
import zlib

import cv2
import numpy as np
import pytest

from benchmarks._rendered_walls import sheet, wall
from benchmarks.photos import boxes_right, cut_right, sheet_pages
from systemmap.errors import InvalidValue, ReadError
from systemmap.formats.photos.bounded_photos import cuts_within, picture_bytes
from systemmap.formats.photos.cuts import Cut, joined, split
from systemmap.formats.photos.opened import parted, size_of
from systemmap.formats.photos.wall_notes import notes_on_wall
from systemmap.model.workshop import Contribution, NotePicture, Workshop
from systemmap.testing import programme_of
from systemmap.workshops.kits import kit
from systemmap.workshops.note_pictures import (
    keep_photo,
    keep_typed,
    waiting_pictures,
)
from systemmap.workshops.running import plan_workshop, tables_of
from systemmap.workshops.typed_blocks import typed_of
from tests.sizes import whole


@pytest.fixture(scope="module")
def made():
    return wall(31, notes=12, megapixels=1.2)


@pytest.fixture(scope="module")
def found(made):
    return cuts_within(made.jpeg)


def room():
    programme = programme_of(None)
    planned = plan_workshop(
        programme, kit("mapping_workshop"), tables=["Table 1", "Table 2"]
    )
    return programme, programme.find(Workshop, planned.id)


def test_a_wall_is_parted_in_the_worker_and_its_colours_are_groups(made, found):
    right = cut_right(made, [cut.box for cut in found.cuts])
    assert sum(right) >= 0.9 * len(right)
    assert {cut.colour for cut in found.cuts} == set(made.colours)
    for cut in found.cuts:
        assert picture_bytes(cut.picture).startswith(b"\xff\xd8")


@pytest.mark.parametrize(
    "seed", [pytest.param(3, marks=whole("wall 8 has shadow and overlap too")), 8]
)
def test_walls_with_shadow_and_overlap_are_parted(seed):
    some = wall(seed, notes=20, megapixels=1.2)
    photo = cv2.imdecode(np.frombuffer(some.jpeg, np.uint8), cv2.IMREAD_COLOR)
    right = cut_right(some, [cut.box for cut in notes_on_wall(photo)])
    assert sum(right) >= 0.9 * len(right)


def test_notes_come_in_the_order_in_which_one_reads(found):
    tops = [cut.top for cut in found.cuts]
    assert tops[0] < 0.5 < found.cuts[-1].bottom
    steps = [b - a for a, b in itertools.pairwise(tops)]
    assert min(steps) > -0.25


def test_a_printed_sheet_finds_its_table_and_its_boxes_by_itself():
    pages = sheet_pages(["Table 1", "Table 2"])
    right, boxes = boxes_right(sheet(5, pages[3], 1, 3.0))
    assert right == boxes > 3


def test_a_wrong_cut_is_split_and_joined_by_hand(made, found):
    cuts = list(found.cuts)
    halves = split(cuts, 0, across=True)
    assert len(halves) == len(cuts) + 1
    again = parted(made.jpeg, halves)
    assert all(cut.picture for cut in again.cuts)
    back = joined(again.cuts, 0, 1)
    assert back[0].box == cuts[0].box
    assert len(back) == len(cuts)


def jpeg_with(made, *, orientation=1, gps=b""):
    """The photo as a phone writes it: with how it was held and where it was taken."""
    tags = [(0x0112, 3, 1, struct.pack("<HH", orientation, 0))]
    tags.append((0x010F, 2, 4, b"GPS!"))
    body = struct.pack("<H", len(tags))
    for tag, kind, number, value in tags:
        body += struct.pack("<HHI", tag, kind, number) + value
    exif = b"Exif\0\0II*\0" + struct.pack("<I", 8) + body + struct.pack("<I", 0) + gps
    block = b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif
    return made.jpeg[:2] + block + made.jpeg[2:]


def test_a_photo_is_turned_as_it_was_held_and_its_place_is_not_kept(made, found):
    turned = parted(jpeg_with(made, orientation=6, gps=b"51.5N 0.1W secret place"))
    assert (turned.width, turned.height) == (found.height, found.width)
    kept = b"".join(picture_bytes(cut.picture) for cut in turned.cuts)
    for secret in (b"Exif", b"secret place", b"GPS!"):
        assert secret in jpeg_with(made, gps=b"secret place")
        assert secret not in kept + picture_bytes(turned.photo)


def png(width, height, data=b""):
    def block(name, body):
        return (
            struct.pack(">I", len(body))
            + name
            + body
            + struct.pack(">I", zlib.crc32(name + body))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + block(b"IHDR", head)
        + block(b"IDAT", data)
        + block(b"IEND", b"")
    )


BOMB = zlib.compress(b"\0" * 40_000_000, 9)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (png(60_000, 60_000, BOMB), "60,000 by 60,000 pixels"),
        (png(3_000, 3_000, b"\0" * 50), "damaged"),
        (png(2**31 - 1, 1), "pixels"),
        (png(20, 20), "too few"),
        (b"\xff\xd8" + b"\xff\xe0\0\x04ab" * 3, "does not say how large"),
        (b"\0\0\0\x18ftypheic" + b"\0" * 64, "HEIC"),
        (b"GIF89a" + b"\0" * 64, "a GIF picture"),
        (b"%PDF-1.7" + b"\0" * 64, "a PDF"),
        (b"hello there, no photo", "not a photo"),
        (b"", "empty"),
    ],
)
def test_hostile_pictures_are_refused_in_words(data, said):
    with pytest.raises(ReadError, match=said):
        parted(data)


def test_a_photo_of_which_a_part_is_missing_is_refused(made):
    with pytest.raises(ReadError, match="only a part of it"):
        parted(made.jpeg[: len(made.jpeg) // 2])
    assert size_of(made.jpeg) == made.picture.shape[1::-1]


def test_a_photo_that_takes_too_much_work_or_memory_is_stopped(made):
    with pytest.raises(ReadError, match="stopped"):
        cuts_within(made.jpeg, seconds=0.02)
    with pytest.raises(ReadError, match="more than 1 MB of memory"):
        cuts_within(made.jpeg, memory=1_000_000)


def test_an_empty_wall_says_what_to_do():
    bare = np.full((600, 800, 3), 235, np.uint8)
    data = cv2.imencode(".jpg", bare)[1].tobytes()
    with pytest.raises(ReadError, match="Stand nearer"):
        parted(data)


def test_a_typed_picture_becomes_a_note_and_keeps_its_picture(found):
    programme, workshop = room()
    table = tables_of(programme, workshop.id)[1]
    kept = keep_photo(programme, workshop, found.cuts, photo="abc", table_id=table.id)
    again = keep_photo(programme, workshop, found.cuts, photo="abc", table_id=table.id)
    assert len(programme.all(NotePicture)) == len(found.cuts) == len(again)
    texts = {kept[0].id: "Cheap takeaways", kept[1].id: "Ring 01709 382121"}
    made = keep_typed(
        programme, workshop, {**texts, kept[2].id: " "}, kinds={kept[0].colour: "asset"}
    )
    assert typed_of(made).sentence("Table 2") == "2 kept for Table 2, 1 held"
    assert {n.text for n in programme.all(Contribution).values()} == set(texts.values())
    assert made[0].kind == "asset"
    assert made[0].source == "photo"
    assert made[0].table_id == table.id
    waiting = waiting_pictures(programme, workshop.id)
    assert [p.position for p in waiting] == list(range(2, len(found.cuts)))
    assert programme.find(NotePicture, kept[0].id).note_id == made[0].id
    assert keep_typed(programme, workshop, texts) == []


def test_a_sheet_of_a_table_the_workshop_lacks_is_refused():
    programme, workshop = room()
    cut = Cut(0, 0, 1, 1, table=5, picture="")
    with pytest.raises(InvalidValue, match="belongs to table 6"):
        keep_photo(programme, workshop, [cut], photo="x", table_id=None)
    assert programme.all(NotePicture) == {}
