"""Our own words: people first, plain, and no more certain than the map."""

import csv
import re
from pathlib import Path

import pytest

from systemmap.vocab import terms

ROOT = Path(__file__).resolve().parents[2]
# Three name the words in order to advise against them; facts keep their source's words.
ADVICE = {
    "systemmap/vocab/words_to_avoid.csv",
    "systemmap/vocab/words_to_watch.csv",
    "systemmap/vocab/meadows_places.csv",
    "data/reference/foresight_factors.csv",
}
PAGES = sorted(
    path
    for pattern in (
        "*.md",
        "docs/*.md",
        "workshops/**/*.md",
        "workshops/**/*.toml",
        "data/**/*.csv",
        "data/**/*.txt",
        "systemmap/vocab/*.csv",
        "app/**/*.md",
        "app/**/*.csv",
        "app/**/*.html",
        "systemmap/**/*.html",
    )
    for path in ROOT.glob(pattern)
    if str(path.relative_to(ROOT)) not in ADVICE
)
AVOID = {
    term.label: re.compile(rf"\b{re.escape(term.label)}\b", re.IGNORECASE)
    for term in terms("words_to_avoid").values()
}

# any of them, whatever stands round it: what holds none holds no whole word either
ANY = re.compile("|".join(re.escape(word.casefold()) for word in AVOID))


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_our_pages_put_people_first(path):
    text = path.read_text(encoding="utf-8")
    assert [word for word, pattern in AVOID.items() if pattern.search(text)] == []


def test_strings_in_code_put_people_first():
    found = []
    for path in [
        *ROOT.glob("systemmap/**/*.py"),
        *ROOT.glob("app/**/*.py"),
        *ROOT.glob("systemmap/drawing/web/**/*.js"),
    ]:
        text = path.read_text(encoding="utf-8")
        if not ANY.search(text.casefold()):
            continue
        found += [
            f"{path.relative_to(ROOT)}: {word}"
            for word, pattern in AVOID.items()
            if pattern.search(text)
        ]
    assert found == []


def test_a_title_in_sampleshire_is_never_a_persons_name():
    with (ROOT / "data/examples/sampleshire/action.csv").open(
        encoding="utf-8", newline=""
    ) as file:
        owners = {
            owner
            for row in csv.DictReader(file)
            for owner in row["owners"].split(" | ")
        }
    assert not [owner for owner in owners if re.match(r"(Mr|Mrs|Ms|Dr|Cllr)\b", owner)]


def test_what_a_map_is_not_is_said_from_one_place():
    """One place words that a map is no evidence; no template is "as people drew" it."""
    places = [
        *ROOT.glob("systemmap/**/*.py"),
        *ROOT.glob("app/**/*.py"),
        *ROOT.glob("app/**/*.html"),
        ROOT / "docs/make.py",
    ]
    texts = {path: path.read_text(encoding="utf-8").casefold() for path in places}
    said = [path.name for path, text in texts.items() if "describes the map" in text]
    assert said == ["phrases.py"]
    assert [path for path, text in texts.items() if "as people drew" in text] == []
