"""What a line of a plan says of itself: "Lead: Leisure", "By: May", a greeting."""

from __future__ import annotations

from systemmap.model.text import folded

OWNER, STATUS, DATE = "owner", "status", "date"
_LABELS: dict[str, str] = {
    **dict.fromkeys(
        (
            "lead",
            "owner",
            "responsible",
            "led by",
            "who",
            "champion",
            "by whom",
            "lead officer",
        ),
        OWNER,
    ),
    **dict.fromkeys(
        (
            "by",
            "by when",
            "due",
            "due date",
            "when",
            "deadline",
            "timescale",
            "date",
            "target date",
        ),
        DATE,
    ),
    **dict.fromkeys(
        ("status", "progress", "rag", "update", "where are we now"), STATUS
    ),
}
_GREETINGS = (
    "regards",
    "kind regards",
    "best regards",
    "best wishes",
    "many thanks",
    "yours sincerely",
)
_PARTING = ".;,(|)"
_LONGEST, _LABEL = 4_000, 30  # characters of a line that says more, and of a label
_PARTINGS = (*_PARTING, " - ", " \u2013 ")


def inline(text: str) -> tuple[str, list[tuple[str, str]]]:
    """Part a line from what it says of itself: "Open a club. Lead: Leisure. By: May".

    Returns
    -------
    str, list[tuple[str, str]]
        What is left of the line, and each role with its words.

    Examples
    --------
    >>> inline("Open a club (Lead: Leisure; By: May 2027)")
    ('Open a club', [('owner', 'Leisure'), ('date', 'May 2027')])
    """
    found: list[tuple[int, int, str]] = []  # where a label begins and ends, its role
    if len(text) > _LONGEST:
        return text, []
    for colon, sign in enumerate(text):
        if sign != ":":
            continue
        near = max(0, colon - _LABEL)
        found_at = [(text.rfind(m, near, colon), len(m)) for m in _PARTINGS]
        begins = max(at + size if at >= 0 else 0 for at, size in found_at)
        role = _LABELS.get(folded(text[begins:colon]))
        if role and begins and (not found or begins >= found[-1][1]):
            found.append((begins, colon + 1, role))
    if not found:
        return text, []
    ends = [begins for begins, _, _ in found[1:]] + [len(text)]
    said = [
        (role, text[start:end].strip(f" {_PARTING}-\u2013"))
        for (_, start, role), end in zip(found, ends, strict=True)
    ]
    return text[: found[0][0]].strip(f" {_PARTING}-\u2013"), [s for s in said if s[1]]


def is_greeting(text: str) -> bool:
    """Say whether a line ends a letter, so that what follows is about who wrote it."""
    return folded(text.rstrip(",.! ")) in _GREETINGS


def labelled(text: str) -> tuple[str, str] | None:
    """Return what a line calls itself, and what it says: "Lead: Public Health"."""
    name, colon, rest = text.partition(":")
    role = _LABELS.get(folded(name)) if colon and rest.strip() else None
    return (role, rest.strip()) if role else None
