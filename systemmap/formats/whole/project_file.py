"""`name.systemmap`: the project file, a zip of the programme with its history.

Carries everything: `map.json` (the native document), `log.ndjson` (one change a
line, when the caller has the history at hand), a manifest with the counts, the
fingerprint of each part and the head of the change log's chain, the licence
words that must travel along, and a README for people.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from systemmap.bundled.attribution import notices_of
from systemmap.errors import ReadError
from systemmap.formats.fixed_zip import zipped
from systemmap.formats.format import Format, Reading, Written
from systemmap.formats.reading.json_data import parse_json, safe_json
from systemmap.formats.reading.limits import LIMITS
from systemmap.formats.reading.zip_parts import check_zip, zip_part
from systemmap.formats.sighting import NO, says_so
from systemmap.formats.whole._native import LISTS, document_from, reading_from
from systemmap.version import __version__

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from systemmap.formats.sighting import Recognition, Sighting
    from systemmap.model.programme import Programme

SCHEMA = 1
READS = 1  # the highest `min_reader` this program satisfies


def recognise(sighting: Sighting) -> Recognition:
    """Say whether this is a zip with our manifest and map."""
    if {"manifest.json", "map.json"} <= sighting.parts:
        return says_so("it holds the manifest and the map of a project file")
    return NO


def read(sighting: Sighting) -> Reading:
    """Read the programme of a project file, after checking every part of it.

    Raises
    ------
    ReadError
        Damaged, altered since it was written, or made by a newer program.
    """
    parts = _parts(sighting.data)
    manifest = _manifest(parts)
    for name, digest in (manifest.get("sha256") or {}).items():
        if name not in parts or hashlib.sha256(parts[name]).hexdigest() != digest:
            msg = f"The part {name} is not as it was written: the file is damaged or was altered. Use another copy or a backup. Nothing was changed."
            raise ReadError(msg)
    reading = reading_from(
        parts["map.json"], key="project_file", limit=LIMITS.project_unpacked_bytes
    )
    changes = [line for line in _history(parts) if "revision" in line]
    summary = dict(reading.summary) | {
        "history": len(changes),
        "chain_head": manifest.get("chain_head") or "",
    }
    return Reading(
        format="project_file",
        dialect=f"schema {manifest.get('schema')}",
        records=reading.records,
        problems=reading.problems,
        items=reading.items,
        summary=summary,
    )


def read_history(data: bytes) -> list[dict[str, Any]]:
    """Return the change log of a project file, oldest first, one object a change.

    Raises
    ------
    ReadError
        A line cannot be read.
    """
    return _history(_parts(data))


def write(programme: Programme, map_id: str = "main") -> Written:
    """Write the programme without its history; see `write_with_history`."""
    del map_id
    return write_with_history(programme)


def write_with_history(
    programme: Programme,
    history: Iterable[Mapping[str, Any]] = (),
    *,
    chain_head: str = "",
) -> Written:
    """Write the programme and its change log.

    Parameters
    ----------
    programme : Programme
        What to write. It is not changed.
    history : iterable of mappings
        One plain object per change, oldest first.
    chain_head : str
        The last hash of the change log, so that it can be checked later.
    """
    lines = [
        json.dumps(change, ensure_ascii=False, sort_keys=True) for change in history
    ]
    parts = {
        "map.json": document_from(programme),
        "log.ndjson": "".join(f"{line}\n" for line in lines).encode(
            "utf-8", "backslashreplace"
        ),
        "LICENCE": _licence(programme).encode(),
        "README.txt": _readme(programme).encode("utf-8", "replace"),
    }
    counts = {LISTS[kind.name]: 0 for kind, _ in programme.records()}
    for kind, _ in programme.records():
        counts[LISTS[kind.name]] += 1
    manifest = {
        "app": f"systemmap {__version__}",
        "chain_head": chain_head,
        "counts": counts | {"history": len(lines)},
        "format": "systemmap-project",
        "min_reader": 1,
        "programme": {"id": programme.id, "name": programme.info.name},
        "revision": programme.revision,
        "schema": SCHEMA,
        "sha256": {
            name: hashlib.sha256(part).hexdigest() for name, part in parts.items()
        },
    }
    text = json.dumps(manifest, ensure_ascii=False, indent=2, sort_keys=True)
    return Written(
        data=zipped(
            {"manifest.json": text.encode("utf-8", "backslashreplace"), **parts}
        ),
        suffix=".systemmap",
    )


def _parts(data: bytes) -> dict[str, bytes]:
    names = check_zip(
        data, limit=LIMITS.project_bytes, unpacked=LIMITS.project_unpacked_bytes
    )
    return {name: zip_part(data, name) for name in names}


def _history(parts: Mapping[str, bytes]) -> list[dict[str, Any]]:
    try:
        lines = parts.get("log.ndjson", b"").decode("utf-8").split("\n")
    except UnicodeDecodeError:
        raise ReadError(
            "The history in this file is not UTF-8 text. Use another copy."
        ) from None
    found = [parse_json(line) for line in lines if line]
    if not all(isinstance(line, dict) for line in found):
        raise ReadError(
            "The history in this file is not a list of changes. Use another copy."
        )
    return found


def _manifest(parts: Mapping[str, bytes]) -> dict[str, Any]:
    if not {"manifest.json", "map.json"} <= set(parts):
        raise ReadError(
            "This is not a whole project file: manifest.json or map.json is missing. Use another copy."
        )
    manifest = safe_json(parts["manifest.json"])
    if not isinstance(manifest, dict) or manifest.get("format") != "systemmap-project":
        raise ReadError("This zip is not a systemmap project file.")
    needs = manifest.get("min_reader", 1)
    if type(needs) is not int or needs > READS:
        msg = f"This file was made by a newer systemmap (it needs reader {needs}; this program is reader {READS}). Update the program. Nothing was changed."
        raise ReadError(msg)
    return manifest


def _licence(programme: Programme) -> str:
    notices = sorted(
        {n for key in programme.maps for n in notices_of(programme.system_map(key))}
    )
    lines = ["The content of this file belongs to those who made it.", *notices]
    return "\n".join(lines).encode("utf-8", "replace").decode() + "\n"


def _readme(programme: Programme) -> str:
    return (
        f"{programme.info.name}\n\n"
        "This is a systemmap project file. Open it with systemmap (Import and export),\n"
        "or unpack it as a zip: map.json holds the whole programme as plain text,\n"
        "log.ndjson the history of changes, manifest.json the fingerprints of both.\n"
    )


FORMAT = Format(
    key="project_file",
    title="systemmap project file",
    holds="programme",
    suffixes=(".systemmap",),
    loses="Loses nothing, the history of changes included.",
    recognise=recognise,
    read=read,
    write=write,
    lossless=True,
)
