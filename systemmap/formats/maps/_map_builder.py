"""MapBuilder: what every map reader hands its findings to.

It names factors, joins repeated links, keeps every statement, counts items and
collects problems, so that each reader only has to know its own format.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from systemmap.bundled.attribution import foresight_notice
from systemmap.errors import Problem
from systemmap.formats.format import Reading
from systemmap.formats.maps._link_statements import LinkStatements
from systemmap.formats.maps._loop_marks import remark_on_marks
from systemmap.formats.maps._map_said import NOTHING_SAID, MapSaid
from systemmap.formats.maps._sign_words import Sign, pairs_in_words
from systemmap.formats.maps._themes import ThemeKeys
from systemmap.formats.reading.limits import LIMITS, check_count
from systemmap.language.phrases import counted
from systemmap.model.elements import Factor, Link, MapVersion
from systemmap.model.text import (
    ID_PATTERN,
    LABEL_LIMIT,
    clean,
    clean_label,
    folded,
    slug,
)
from systemmap.model.values import Polarity

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from systemmap.formats.import_mapping import ImportMapping
    from systemmap.model.kinds import Record

IMPLIED = "implied"  # in extra: only a link named this factor


def label_from_key(key: str) -> str:
    """Return the label a factor gets while only its key is known."""
    return clean_label(key.rpartition("/")[2].replace("-", " ")).capitalize()


class MapBuilder:
    """One map in the making.

    Parameters
    ----------
    key, dialect : str
        The format, and which of its dialects.
    own_ids : bool
        Whether ids in the file are ours, or stable keys, and become our ids.
    mapping : ImportMapping
        What a person said of the file.
    """

    def __init__(
        self,
        key: str,
        dialect: str = "",
        *,
        own_ids: bool = False,
        mapping: ImportMapping = NOTHING_SAID,
    ) -> None:
        self.key = key
        self.dialect = dialect
        self.own_ids = own_ids
        self.name = ""
        self.note = ""
        self.notice = ""
        self.outcome: str | None = None
        self.items = self.blank = self.aside = 0
        self.problems: list[Problem] = []
        self.factors: dict[str, Factor] = {}
        self.extra: dict[str, object] = {}
        self.said = MapSaid(mapping)
        self._statements = LinkStatements()
        self._by_source: dict[str, str] = {}
        self._by_label: dict[str, str] = {}
        self._repeated: set[str] = set()
        self._unnamed = 0
        self._themes = ThemeKeys()

    @property
    def is_plain_table(self) -> bool:
        """Whether this is anybody's table, whose words follow no tool's rules."""
        return self.key == "links_csv" or self.dialect == "table"

    # -- what a reader says of an item ---------------------------------------

    def skip(self, where: str, what: str, raw: object = "") -> None:
        """Count an item that was left out, and say why."""
        self._count()
        self._say(where, what, "skipped", raw)

    def leave_blank(self, count: int = 1) -> None:
        """Count empty items."""
        self.items += count
        self.blank += count

    def set_aside(self, count: int, what: str) -> None:
        """Count items that were left out together, and say once why."""
        if count:
            self.items += count
            self.aside += count
            self.remark("", what)

    def guess(self, where: str, what: str, raw: object = "") -> None:
        """Say that a value rests on a guess."""
        self._say(where, what, "guessed", raw)

    def remark(self, where: str, what: str, raw: object = "") -> None:
        """Say something worth knowing."""
        self._say(where, what, "note", raw)

    def say_what_pairs_mean(self, raws: Iterable[str], *, always: bool) -> None:
        """Say, once for the file, how its pairs of signs were read."""
        if said := pairs_in_words(list(raws), always=always):
            self._say("", said, "note" if always else "guessed", "")

    def conflict(self, where: str, what: str, raw: object = "") -> None:
        """Say that the file holds two sides of one thing."""
        self._say(where, what, "conflict", raw)

    def _count(self) -> None:
        self.items += 1
        check_count(self.items, LIMITS.factors + 2 * LIMITS.links, "items")

    def _say(self, where: str, what: str, kind: str, raw: object) -> None:
        self.problems.append(Problem(where, what, kind, str(raw)[:300]))

    # -- factors --------------------------------------------------------------

    def factor(
        self,
        label: object,
        *,
        where: str,
        source_id: object = None,
        theme: str = "",
        note: object = "",
        extra: Mapping[str, object] | None = None,
        **fields: Any,  # noqa: ANN401 - the record checks them
    ) -> str:
        """Take one factor of the file and return its id here."""
        self._count()
        source = "" if source_id is None else str(source_id).strip()
        kept = dict(extra or {})
        text, note = self._label(label, str(note), where, kept)
        if source and source in self._by_source:
            known = self.factors[self._by_source[source]]
            if known.extra.get(IMPLIED):
                return self._fill(known, text, theme, note, kept, fields)
            self.conflict(where, f"The id '{source}' stands twice. Both factors were kept; links go to the first.", text)  # fmt: skip
        elif not source and self._implied(text):
            return self._fill(self.factors[self._by_label[folded(text)]], text, theme, note, kept, fields)  # fmt: skip
        factor_id = self._id(source, text)
        if source and source != factor_id:
            kept["source_id"] = source
        self.factors[factor_id] = Factor(
            id=factor_id,
            label=text,
            theme=self.theme(theme),
            note=clean(note),
            extra=kept,
            **fields,
        )
        check_count(len(self.factors), LIMITS.factors, "factors")
        self._index(factor_id, text, source)
        return factor_id

    def named(self, name: object, *, where: str, theme: str = "") -> str:
        """Return the factor with this label, made on the spot when nothing lists it."""
        text = clean_label(str(name))
        if not text:
            text = "(no label)"
        key = folded(text)
        if key in self._repeated:
            self.guess(where, f"More than one factor is called '{text}'. The link goes to the first.", text)  # fmt: skip
        if key not in self._by_label:
            factor_id = self._id("", text)
            self.factors[factor_id] = Factor(
                id=factor_id, label=text, theme=self.theme(theme), extra={IMPLIED: True}
            )
            check_count(len(self.factors), LIMITS.factors, "factors")
            self._index(factor_id, text, "")
        return self._by_label[key]

    def keyed(self, key: object, *, imply: bool = False) -> str | None:
        """Return the factor with this source id; None when the file has none."""
        source = str(key).strip()
        if source not in self._by_source and imply:
            text = label_from_key(source)
            factor_id = self._id(source, text)
            self.factors[factor_id] = Factor(
                id=factor_id, label=text, extra={IMPLIED: True}
            )
            check_count(len(self.factors), LIMITS.factors, "factors")
            self._index(factor_id, text, source)
        return self._by_source.get(source)

    def has_label(self, name: object) -> bool:
        """Say whether a factor of this label is known already."""
        return folded(clean_label(str(name))) in self._by_label

    def is_implied(self, name: object) -> bool:
        """Say whether only links have named this factor so far."""
        return self._implied(clean_label(str(name)))

    def alias(self, name: str, key: str) -> None:
        """Let links find the factor with source id `key` under another name as well."""
        if key in self._by_source:
            self._by_label.setdefault(folded(clean_label(name)), self._by_source[key])

    def mention(self, name: object, count: int = 1) -> None:
        """Count further mentions of a known factor."""
        known = self.factors[self._by_label[folded(clean_label(str(name)))]]
        self.factors[known.id] = replace(known, mentions=max(known.mentions, 1) + count)

    def theme(self, label: str) -> str:
        """Return the theme key for a label of the file."""
        return self._themes.key_for(self.said.theme(label))

    def _label(
        self, raw: object, note: str, where: str, kept: dict[str, object]
    ) -> tuple[str, str]:
        whole = clean_label("" if raw is None else str(raw), limit=10**9)
        text = whole[:LABEL_LIMIT].rstrip()
        if not text:
            self._unnamed += 1
            while self.has_label(f"(no label {self._unnamed})"):
                self._unnamed += 1
            text = f"(no label {self._unnamed})"
            self.guess(where, f"It has no name and was called '{text}'. Give it one.")
        if len(whole) > LABEL_LIMIT:
            note = f"{whole}\n{note}".strip()
            self.guess(where, f"The name has {len(whole):,} characters. It was cut to {LABEL_LIMIT:,} and kept whole in the note.", text[:60])  # fmt: skip
        if str(raw).strip() != text and text == whole:
            kept["label_raw"] = clean(str(raw))
        return text, note

    def _implied(self, text: str) -> bool:
        known = self._by_label.get(folded(text))
        return bool(known and self.factors[known].extra.get(IMPLIED))

    def _fill(
        self,
        known: Factor,
        text: str,
        theme: str,
        note: str,
        kept: dict[str, object],
        fields: dict[str, Any],
    ) -> str:
        self.factors[known.id] = replace(
            known,
            label=text,
            theme=self.theme(theme) or known.theme,
            note=clean(note),
            extra=kept,
            **fields,
        )
        self._index(known.id, text, "")
        return known.id

    def _id(self, source: str, text: str) -> str:
        # Ids of other tools say nothing to a reader; ours and stable keys do.
        usable = self.own_ids and bool(ID_PATTERN.match(source))
        if usable and source not in self.factors:
            return source
        return slug(text, self.factors, fallback="factor")

    def _index(self, factor_id: str, text: str, source: str) -> None:
        if source:
            self._by_source.setdefault(source, factor_id)
        if self._by_label.setdefault(folded(text), factor_id) != factor_id:
            self._repeated.add(folded(text))

    # -- links ----------------------------------------------------------------

    @property
    def links(self) -> Mapping[tuple[str, str], Link]:
        """The links so far, by their ends."""
        return self._statements.links

    def link(
        self,
        source: str,
        target: str,
        *,
        where: str,
        sign: Sign | None = None,
        direction: str = "directed",
        extra: Mapping[str, object] | None = None,
        raws: tuple[str, str] = ("", ""),
        **fields: Any,  # noqa: ANN401 - the record checks them
    ) -> None:
        """Take one link of the file; a mutual one becomes two arrows."""
        sign = sign or Sign()
        if sign.no_effect:
            self.skip(where, "The sign is 0, which says there is no effect. No link was made.", sign.word)  # fmt: skip
            return
        if source == target:
            label = self.factors[source].label
            self.skip(where, f"'{label}' leads to itself here. Name what lies between, and link to that.", label)  # fmt: skip
            return
        self._count()
        if sign.doubtful:
            self.guess(where, f"The sign '{sign.word}' says both or depends. Read as unknown.", sign.word)  # fmt: skip
        kept = dict(extra or {})
        if sign.word and not sign.doubtful:
            kept.setdefault("sign_raw", sign.word)
        if direction == "mutual":
            kept["direction"] = "mutual"
        fields.setdefault("strength", sign.strength)
        link = Link(
            source=source,
            target=target,
            polarity=sign.polarity,
            directed=direction != "undirected",
            extra=kept,
            **fields,
        )
        self._take(link, raws, where)
        if direction == "mutual":
            self._take(replace(link, source=target, target=source), raws[::-1], where)
        check_count(len(self.links), LIMITS.links, "links")

    def _take(self, link: Link, raws: tuple[str, str], where: str) -> None:
        disputed, headless = self._statements.take(link, raws)
        if disputed:
            labels = [self.factors[end].label for end in (link.source, link.target)]
            self.conflict(where, f"'{labels[0]}' and '{labels[1]}' are linked with both signs. Both were kept; the link is shown as disputed.")  # fmt: skip
        if headless:
            self.conflict(where, "The same two factors are linked with and without an arrowhead. Read as an arrow.")  # fmt: skip

    # -- the result -----------------------------------------------------------

    def reading(self, **summary: object) -> Reading:
        """Return everything taken so far as a preview."""
        version = MapVersion(
            id="main",
            name=clean_label(self.name) or "Imported map",
            note=clean(self.note),
            notice=self.notice,
            outcome=self.outcome,
            extra=self.extra,
        )
        links = self._statements.whole()
        beside = self._statements.beside
        if beside:
            said = "counts as a mention" if beside == 1 else "count as mentions"
            self.remark("", f"{counted(beside, 'connection')} ran beside another and {said}.")  # fmt: skip
        if links and (marks := remark_on_marks(self.factors.values(), links)):
            self.guess("", marks)
        undirected = sum(not link.directed for link in links)
        counts: dict[str, object] = {
            "factors": len(self.factors),
            "links": len(links),
            "links without a sign": sum(
                link.polarity is Polarity.UNKNOWN for link in links
            ),
        }
        if undirected:
            counts["links without an arrowhead"] = undirected
        records: list[Record] = [
            *self._themes.new_terms,
            version,
            *self.factors.values(),
        ]
        records += links
        return Reading(
            format=self.key,
            dialect=self.dialect,
            records=tuple(records),
            problems=tuple(self.problems),
            items=self.items,
            blank=self.blank,
            aside=self.aside,
            summary=counts | summary,
            notice=self.notice or foresight_notice(self.factors.values()),
            own_ids=self.own_ids,
            seen=self.said.plain(),
        )
