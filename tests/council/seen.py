"""What can be read on a screen or in a document."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest


def words_of(at: AppTest) -> str:
    """Return all words that a drawn screen shows."""
    said = [
        str(e.value)
        for kind in ("markdown", "caption", "header", "subheader", "text")
        for e in getattr(at, kind)
    ]
    said += [e.proto.body for e in at.get("html")]
    said += [e.value.to_csv() for e in at.get("arrow_data_frame")]
    said += [frame.value.to_csv() for frame in at.data_editor]
    said += [b.label for b in at.button]
    return plain(re.sub(r"\\(.)", r"\1", "\n".join(said)))


def plain(page: str) -> str:
    """Return the words of a page without its markup."""
    page = re.sub(r"<(style|script)[^>]*>.*?</\1>", " ", page, flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"</?[a-z][^<>]*>", " ", page)).split())
