"""Files cut short, changed, shuffled and filled with what does not belong, over all readers."""

from __future__ import annotations

import io
import logging
import time
import zipfile
from collections import Counter
from typing import TYPE_CHECKING

from systemmap.errors import SystemMapError
from systemmap.faults._fault_test import FaultTest, Result, chance_from
from systemmap.faults._sample_files import programme, sample_files
from systemmap.formats import accept, read

if TYPE_CHECKING:
    import random
    from collections.abc import Callable

PROMISE = "A damaged file is read or refused in words within 5 s, and changes nothing by itself"
_LOG = logging.getLogger(__name__)
_SECONDS = 5.0
_ODD = (
    b"\x00",
    b"\xff\xfe",
    b"\xed\xa0\x80",  # half of a character
    "\u202e\u200b\u00a0".encode(),
    b"\r",
    b'"',
    b"=cmd|",
    b"9" * 400,
    b"{[(<",
    b"<!DOCTYPE x [<!ENTITY a 'b'>]>",
    b"null",
    b"\t\t\t\t",
    b"NaN",
)


def _cut(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data))]


def _one_byte(data: bytes, chance: random.Random) -> bytes:
    place = chance.randrange(len(data))
    return data[:place] + bytes([chance.randrange(256)]) + data[place + 1 :]


def _odd_put_in(data: bytes, chance: random.Random) -> bytes:
    place = chance.randrange(len(data))
    return data[:place] + chance.choice(_ODD) + data[place:]


def _shuffled(data: bytes, chance: random.Random) -> bytes:
    lines = data.split(b"\n")
    chance.shuffle(lines)
    return b"\n".join(lines)


def _repeated(data: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(data))
    piece = data[start : start + chance.randint(1, 2_000)]
    return data[:start] + piece * chance.randint(2, 40) + data[start:]


def _gone(data: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(data))
    return data[:start] + data[start + chance.randint(1, 500) :]


def _otherwise_encoded(data: bytes, chance: random.Random) -> bytes:
    text = data.decode("utf-8", "replace")
    return text.encode(chance.choice(("utf-16", "cp1252", "utf-8-sig")), "replace")


_DAMAGES: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    _cut,
    _one_byte,
    _odd_put_in,
    _shuffled,
    _repeated,
    _gone,
    _otherwise_encoded,
)


def damaged(data: bytes, chance: random.Random) -> bytes:
    """Return a file with damage; in a zip, mostly within one of its parts."""
    damage = chance.choice(_DAMAGES)
    if not data.startswith(b"PK") or chance.random() < 0.3:
        return damage(data, chance)
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w") as new:
        names = old.namelist()
        struck = chance.choice(names)
        for name in names:
            content = old.read(name)
            hurt = name == struck and content
            new.writestr(name, damage(content, chance) if hurt else content)
    return buffer.getvalue()


def damage_files(runs: int, *, seed: int | None = None) -> Result:
    """Damage a file for each reader in turn, and read it: recognised, and as what it was.

    `lost` counts readings that do not add up or a programme that was changed by
    what was refused; `wrong` tracebacks and readings that took too long.
    """
    start, chance = time.monotonic(), chance_from(seed)
    files = sample_files()
    keys = sorted(files)
    told: Counter[str] = Counter()
    slowest = 0.0
    for run in range(runs):
        key = keys[run % len(keys)]
        data = damaged(files[key], chance)
        for as_ in (None, key):
            began = time.process_time()
            told[_outcome(data, as_)] += 1
            taken = time.process_time() - began
            slowest = max(slowest, taken)
            told["slow"] += taken > _SECONDS
    return Result(
        promise=PROMISE,
        runs=runs,
        acknowledged=told["read"],
        lost=told["sums"] + told["changed"],
        wrong=told["traceback"] + told["slow"] + told["wordless"],
        seconds=round(time.monotonic() - start, 1),
        figures={
            "readers": len(keys),
            "readings refused": told["refused"],
            "slowest reading, s of work": round(slowest, 2),
        },
    )


def _outcome(data: bytes, as_: str | None) -> str:
    """Read a damaged file and bring it into a copy; return what became of it."""
    draft = programme()
    before = draft.copy()
    try:
        reading = read(data, "damaged", as_)
        if reading.items != reading.read + reading.skipped + reading.blank:
            return "sums"
        if reading.read < 0:
            return "sums"
        accept(draft, reading)
    except SystemMapError as refusal:
        words = str(refusal)
        in_words = words[:1].isupper() or words[:1] in "'\u201c"
        if draft != before:
            return "changed"
        return "refused" if in_words and "Traceback" not in words else "wordless"
    except Exception:  # noqa: BLE001 - a traceback is what is counted
        _LOG.exception("A damaged file for %s was not refused in words", as_)
        return "traceback"
    return "read"


FAULT_TEST = FaultTest(key="files", promise=PROMISE, run=damage_files)
