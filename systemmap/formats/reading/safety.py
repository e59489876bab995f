"""Nothing in a file is trusted: limits, and guards for text, JSON, XML and zip.

The limits are for maps, plans and workbooks; local data have limits of their
own, and so have our own project files, which may carry years of history. Every refusal names the limit and the size found.
"""

from __future__ import annotations

import codecs
import json
import math
import re
import struct
import zipfile
import zlib
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING, Any, NoReturn
from xml.etree.ElementTree import Element, ParseError, TreeBuilder

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import XMLParser

from systemmap.errors import ReadError

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much a file may hold. Bytes are counted in millions, not in 2**20."""

    file_bytes: int = 5_000_000
    unpacked_bytes: int = 20_000_000
    parts: int = 200
    rows: int = 5_000
    columns: int = 50
    depth: int = 64
    xml_elements: int = 400_000
    factors: int = 5_000
    links: int = 20_000
    lines: int = 10_000
    plan_rows: int = 2_000
    data_bytes: int = 100_000_000
    data_rows: int = 2_000_000
    project_bytes: int = 50_000_000
    project_unpacked_bytes: int = 200_000_000


LIMITS = Limits()

# What parsers raise on damaged input; turned into a sentence at the edge.
DAMAGE: tuple[type[Exception], ...] = (
    ArithmeticError,
    AttributeError,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    RecursionError,
    SyntaxError,
    TypeError,
    ValueError,
    struct.error,
    zipfile.BadZipFile,
    zlib.error,
)


@dataclass(frozen=True, slots=True)
class Text:
    """Decoded text, its encoding, and whether that was a guess to be shown."""

    text: str
    encoding: str
    guessed: bool = False


def check_size(data: bytes, limit: int = LIMITS.file_bytes) -> None:
    """Refuse an empty file, or one above the limit."""
    if len(data) > limit:
        msg = (
            f"The file is {_megabytes(len(data))}, and the limit is "
            f"{_megabytes(limit)}. Remove pictures or split it, then try again."
        )
        raise ReadError(msg)
    if not data.strip(b"\0 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise ReadError("The file is empty. Choose another file.")


def check_count(found: int, limit: int, what: str) -> None:
    """Refuse more than `limit` things, saying which and how many."""
    if found > limit:
        msg = f"The file holds {found:,} {what}, and the limit is {limit:,}. Split it, then try again."
        raise ReadError(msg)


def decode(data: bytes) -> Text:
    """Return the file's text: by its mark, else UTF-8, else Windows-1252 as a guess.

    Raises
    ------
    ReadError
        The bytes are not text.
    """
    marks = (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    )
    for mark, encoding in marks:
        if data.startswith(mark):
            return Text(_decoded(data[len(mark) :], encoding), encoding)
    if b"\0" in data:
        raise ReadError(_NOT_TEXT)
    try:
        return Text(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        return Text(_decoded(data, "cp1252"), "cp1252", guessed=True)


def text_or_none(data: bytes) -> str | None:
    """Return the text, or None when the bytes are not text: for recognising."""
    try:
        return decode(data).text
    except ReadError:
        return None


_NOT_TEXT = "The file is not text. If it comes from another program, export it from there as text, CSV or Excel."


def _decoded(data: bytes, encoding: str) -> str:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        raise ReadError(_NOT_TEXT) from None
    if "\0" in text:
        raise ReadError(_NOT_TEXT)
    return text


# One token at a time, so that brackets inside strings do not count. The closing
# quote is optional: an open string is then passed over once, not once per quote.
_BRACKET = re.compile(r'"(?:[^"\\]++|\\.)*+"?|[\[{]|[\]}]', re.DOTALL)


def safe_json(data: bytes, *, limit: int = LIMITS.file_bytes) -> Any:  # noqa: ANN401 - JSON is any plain data
    """Return parsed JSON, at most 64 levels deep.

    Raises
    ------
    ReadError
        Not UTF-8, not JSON, too deep, the same key twice in one object, or a
        number that is not finite.
    """
    check_size(data, limit)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ReadError(
            "The file is not UTF-8 text, so it is not JSON. Export it again."
        ) from None
    return parse_json(text)


def parse_json(text: str) -> Any:  # noqa: ANN401 - JSON is any plain data
    """Return parsed JSON from text, under the rules of `safe_json`."""
    _check_depth(text)
    try:
        return json.loads(
            text,
            object_pairs_hook=_no_doubles,
            parse_constant=_no_constant,
            parse_float=_finite,
        )
    except json.JSONDecodeError as error:
        near = text[error.pos : error.pos + 30].split("\n", maxsplit=1)[0]
        msg = f"Not valid JSON at line {error.lineno}, near '{near}'. The file may have been cut short."
        raise ReadError(msg) from None
    except (RecursionError, ValueError):
        raise ReadError(
            "The file holds a number too long to be read. Export it again."
        ) from None


@lru_cache(maxsize=4)
def json_keys(data: bytes) -> frozenset[str]:
    """Return the top-level keys of a JSON object, or nothing: for recognising."""
    if not data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return frozenset()
    try:
        found = safe_json(data, limit=LIMITS.data_bytes)
    except ReadError:
        return frozenset()
    return frozenset(found) if isinstance(found, dict) else frozenset()


def _check_depth(text: str) -> None:
    depth = 0
    for token in _BRACKET.finditer(text):
        first = text[token.start()]
        if first in "[{":
            depth += 1
            if depth > LIMITS.depth:
                msg = f"The file is nested more than {LIMITS.depth} levels deep. It is damaged or not made for this."
                raise ReadError(msg)
        elif first in "]}":
            depth -= 1


def _no_doubles(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            msg = f"The file names '{key[:60]}' twice in one place, so it is unclear which counts. Export it again."
            raise ReadError(msg)
        found[key] = value
    return found


def _no_constant(name: str) -> NoReturn:
    msg = f"The file holds {name} where a number belongs. Export it again."
    raise ReadError(msg)


def _finite(digits: str) -> float:
    number = float(digits)
    return number if math.isfinite(number) else _no_constant(digits[:20])


def safe_xml(data: bytes, *, limit: int = LIMITS.file_bytes) -> Element:
    """Return the root of an XML file: no document type, bounded depth and size.

    Raises
    ------
    ReadError
        Broken XML (with its line), a document type definition, or above a limit.
    """
    check_size(data, limit)
    parser = XMLParser(target=_Counting(), forbid_dtd=True)
    try:
        parser.feed(data)
        root = parser.close()
    except DefusedXmlException:
        raise ReadError(
            "This file contains an XML document type definition, which can be used "
            "to attack a computer. Save it again from the original program without one."
        ) from None
    except ParseError as error:
        raise ReadError(_broken_xml(data, error)) from None
    except (LookupError, ValueError):
        raise ReadError(
            "The XML names an encoding that is not known. Save it again as UTF-8."
        ) from None
    if not isinstance(root, Element):
        raise ReadError("The XML holds no element. The file may have been cut short.")
    return root


def local(tag: object) -> str:
    """Return an element's name without its namespace, in lower case."""
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


@lru_cache(maxsize=4)
def xml_root(data: bytes) -> str:
    """Return the local name of the first element, or "": for recognising."""
    head = data[:4096]
    for encoding in ("utf-16", "utf-8-sig"):
        if encoding == "utf-16" and not head.startswith((b"\xff\xfe", b"\xfe\xff")):
            continue
        text = head.decode(encoding, "ignore").lstrip()
        if not text.startswith("<"):
            return ""
        text = re.sub(
            r"<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>\[]*(\[.*?\])?>",
            "",
            text,
            flags=re.DOTALL,
        )
        match = re.match(r"\s*<(?:[\w.-]+:)?([\w.-]+)", text)
        return match[1].lower() if match else ""
    return ""


class _Counting(TreeBuilder):
    """Builds the tree and stops at the first element too many or too deep."""

    def __init__(self) -> None:
        super().__init__()
        self.depth = self.elements = 0

    def start(self, tag: str, attrs: dict[Any, Any], /) -> Element:
        """Count one more element, one level deeper."""
        self.depth += 1
        self.elements += 1
        if self.depth > LIMITS.depth:
            msg = f"The file is nested more than {LIMITS.depth} levels deep. It is damaged or not made for this."
            raise ReadError(msg)
        check_count(self.elements, LIMITS.xml_elements, "XML elements")
        return super().start(tag, attrs)

    def end(self, tag: str, /) -> Element:
        """Count one level up."""
        self.depth -= 1
        return super().end(tag)


def _broken_xml(data: bytes, error: ParseError) -> str:
    line, column = error.position
    lines = data.decode("utf-8", "replace").splitlines()
    near = (
        lines[line - 1][max(0, column - 10) : column + 20] if line <= len(lines) else ""
    )
    return f"Not valid XML at line {line}, near '{near.strip()}'. The file may have been cut short."


def check_zip(
    data: bytes,
    *,
    limit: int = LIMITS.file_bytes,
    unpacked: int = LIMITS.unpacked_bytes,
) -> tuple[str, ...]:
    """Really unpack a zip once, within limits, and return the names in it.

    The sizes a zip claims are not believed: what comes out is counted.

    Raises
    ------
    ReadError
        Damaged, locked with a password, above a limit, or an XML document
        type definition in any part.
    """
    check_size(data, limit)
    names, refusal = _unpacked_once(data, unpacked)
    if refusal:
        raise ReadError(refusal)
    return names


@lru_cache(maxsize=4)  # each recogniser asks, then the reader
def _unpacked_once(data: bytes, unpacked: int) -> tuple[tuple[str, ...], str]:
    """Return the names in a zip, or why it is refused."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            _check_parts(archive, unpacked)
            return tuple(archive.namelist()), ""
    except ReadError as error:
        return (), str(error)
    except RuntimeError:  # zipfile's word for a password
        return (), "The file is locked with a password. Remove it and try again."
    except DAMAGE:
        return (), _DAMAGED_ZIP


_DAMAGED_ZIP = "The file is damaged: it cannot be unpacked. Save it again from the original program."


def zip_part(data: bytes, name: str) -> bytes:
    """Return one part of a zip that `check_zip` has passed."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return archive.read(name)


@lru_cache(maxsize=4)
def zip_names(data: bytes) -> frozenset[str]:
    """Return the names in a zip, or nothing: for recognising."""
    if not data.startswith(b"PK"):
        return frozenset()
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            return frozenset(archive.namelist())
    except (zipfile.BadZipFile, RuntimeError, OSError, ValueError, LookupError):
        return frozenset()


def _check_parts(archive: zipfile.ZipFile, unpacked: int) -> None:
    check_count(len(archive.infolist()), LIMITS.parts, "parts")
    size = 0
    for part in archive.infolist():
        with archive.open(part) as stream:
            tail = b""
            while chunk := stream.read(65_536):
                size += len(chunk)
                if size > unpacked:
                    msg = f"Unpacked, the file is more than {_megabytes(unpacked)}, the limit. It may be made to harm."
                    raise ReadError(msg)
                # NULs go, so that a definition written in UTF-16 is seen as well.
                if b"<!DOCTYPE" in (tail + chunk).translate(
                    None, b"\0"
                ) and not part.filename.endswith((".ndjson", ".json", ".txt")):
                    raise ReadError(
                        "This file contains an XML document type definition, which can be "
                        "used to attack a computer. Save it again from the original program."
                    )
                tail = chunk[-32:]


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:.1f} MB".replace(".0 MB", " MB")
