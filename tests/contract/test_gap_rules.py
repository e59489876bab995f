"""Promises every gap rule keeps: its words, real items, known words, one file to add."""

from __future__ import annotations

import importlib
import re
import sys
from datetime import date
from textwrap import dedent

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from systemmap.bundled.examples import example
from systemmap.errors import InvalidValue
from systemmap.gaps import GAP_RULES, Found, GapRule, find_gaps
from systemmap.model.elements import Factor
from systemmap.model.people import Population
from systemmap.model.response import Action, ActionFactor, Asset, AssetFactor
from systemmap.model.values import Influence
from systemmap.registry import discover
from systemmap.testing import map_from, programme_of
from tests.sizes import WHOLE

TODAY = date(2026, 11, 21)
NOT_SAID = re.compile(
    r"\b(powerful|influential|key driver|vicious|virtuous|leverage|priority 1|score|should|ignored|"
    r"will reduce|nothing is being done|obese|closed)\b|\bno action\b(?! (is )?listed)",
    re.IGNORECASE,
)
NAMES = ["price", "snacking", "stress", "sleep", "weight"]
STATUSES = ["", "proposed", "not_planned", "booked", "ongoing", "paused", "complete"]


@st.composite
def programmes(draw):
    pairs = draw(
        st.lists(
            st.tuples(
                st.sampled_from(NAMES), st.sampled_from(NAMES), st.sampled_from("+-?")
            ),
            max_size=8,
        )
    )
    lines = dict.fromkeys(
        f"{a} -> {b} {sign}"
        for a, b, sign in {(a, b): (a, b, s) for a, b, s in pairs if a != b}.values()
    )
    system_map = map_from(
        "\n".join([*NAMES, *lines]), outcome=draw(st.sampled_from([None, "weight"]))
    )
    for name in NAMES:
        system_map.replace_factor(
            Factor(
                id=name,
                label=name.title(),
                influence=draw(st.sampled_from(list(Influence))),
                in_scope=draw(st.booleans()),
                theme=draw(st.sampled_from(["", "schools"])),
                populations=draw(st.sampled_from([(), ("carers",)])),
            )
        )
    records = [
        Population(id="carers", name="Carers", priority=True),
        Asset(id="park", name="Park"),
    ]
    for n, status in enumerate(draw(st.lists(st.sampled_from(STATUSES), max_size=4))):
        records.append(
            Action(
                id=f"a{n}",
                title=f"Action {n}",
                status=status,
                action_scale=draw(st.sampled_from(["", "events"])),
            )
        )
        records += [
            ActionFactor(action_id=f"a{n}", factor_id=f)
            for f in draw(st.sets(st.sampled_from(NAMES)))
        ]
    records += [
        AssetFactor(asset_id="park", factor_id=f)
        for f in draw(st.sets(st.sampled_from(NAMES)))
    ]
    return programme_of(system_map, *records)


@given(programme=programmes())
@settings(
    max_examples=40 if WHOLE else 25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
def test_findings_name_real_items_and_leave_the_programme_alone(programme):
    """And every factor is in the grid, in the national list or left out."""
    before = programme.copy()
    report = find_gaps(programme, today=TODAY)
    assert programme == before
    labels = [c.factor.label for c in report.coverage.factors.values()]
    names = {
        *labels,
        *(a.title for a in programme.actions.values()),
        "Park",
        "Carers",
        "Schools and early years",
    }
    for gap in report.gaps:
        quoted = [re.findall("“([^”]+)”", sentence) for sentence in gap.sentences]
        assert quoted[0], gap.sentences
        assert {name for found in quoted for name in found} <= names
        assert set(gap.factors) <= set(programme.system_map().factors)
        assert all(sentence.endswith(".") for sentence in gap.sentences)
    listed = [
        *(row.factor_id for cell in report.grid().values() for row in cell),
        *(row.factor_id for row in report.national),
        *(cover.factor.id for cover in report.left_out),
    ]
    assert sorted(listed) == sorted(NAMES)


def test_every_finding_carries_what_the_guide_asks_for():
    report = find_gaps(example(), today=TODAY)
    assert len({gap.rule for gap in report.gaps}) > 10
    assert len({gap.key for gap in report.gaps}) == len(report.gaps)
    for gap in report.gaps:
        assert gap.rule in GAP_RULES
        assert all((gap.filters, gap.denominator, gap.next_step, gap.title, gap.name))
        assert gap.run_on == TODAY
        assert gap.settings["theme_cover"] == 0.25
    assert "It is not evidence that acting here will change obesity." in report.note


@pytest.mark.parametrize("rule", GAP_RULES.values(), ids=lambda r: r.key)
def test_a_rule_has_its_words_and_none_we_do_not_say(rule):
    texts = (rule.title, rule.question, rule.caution, rule.filters, rule.next_step)
    assert all(texts)
    assert rule.question.endswith("?")
    assert not NOT_SAID.search(" ".join(texts))


def test_no_sentence_of_a_whole_programme_says_what_we_do_not_say():
    report = find_gaps(example(), today=TODAY)
    quotes_left_out = [
        re.sub("“[^”]*”", "“…”", s)
        for gap in report.gaps
        for s in (*gap.sentences, gap.next_step, gap.denominator)
    ]
    assert [text for text in quotes_left_out if NOT_SAID.search(text)] == []


def test_a_rule_without_a_word_and_a_finding_without_a_sentence_are_refused():
    with pytest.raises(InvalidValue, match="has no caution"):
        GapRule(
            key="x",
            title="X",
            question="X?",
            caution=" ",
            filters="all",
            next_step="Ask.",
            find=lambda _: (),
        )
    with pytest.raises(InvalidValue, match="says nothing"):
        Found(subject="factor:x", name="X", sentences=())


def test_a_new_rule_is_one_file_in_a_folder(tmp_path, monkeypatch):
    package = tmp_path / "extra_gaps"
    package.mkdir()
    (package / "__init__.py").write_text("", encoding="utf-8")
    (package / "long_name.py").write_text(
        dedent(
            """
            from systemmap.gaps.gap import GapRule, about


            def find(context):
                for cover in context.in_grid:
                    if len(cover.factor.label) > 10:
                        yield about(cover, f"“{cover.factor.label}” is a long name.")


            GAP_RULE = GapRule(
                key="long_name", title="A long name", question="Which names are long?",
                caution="Length is not unclear.", filters="All", next_step="Shorten it.", find=find,
            )
            """
        ),
        encoding="utf-8",
    )
    monkeypatch.syspath_prepend(tmp_path)
    rules = discover(importlib.import_module("extra_gaps"), "GAP_RULE", GapRule)
    programme = programme_of(map_from("stress -> availability-of-food +"))
    report = find_gaps(programme, today=TODAY, rules={**GAP_RULES, **rules})
    (found,) = [gap for gap in report.gaps if gap.rule == "long_name"]
    assert found.sentences == ("“Availability of food” is a long name.",)
    for name in [name for name in sys.modules if name.startswith("extra_gaps")]:
        monkeypatch.delitem(sys.modules, name)
