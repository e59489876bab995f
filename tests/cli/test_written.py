"""What the command line writes is what its ending says, or is refused with the choices."""

from __future__ import annotations

import csv
import zipfile

import pytest
from openpyxl import load_workbook

from systemmap.formats import read


def test_a_workbook_is_the_maps_and_the_others_are_named(sampleshire, tmp_path):
    out = tmp_path / "out.xlsx"
    done = sampleshire("export", "Sampleshire", out)
    assert done.code == 0
    assert {"Factors", "Links"} <= set(load_workbook(out, read_only=True).sheetnames)
    assert "It is: Excel workbook for PRSM, Kumu and systemmap." in done.out
    assert "--to assets_sheet (Assets sheet)" in done.out
    assert "--to plan_excel (Plan table in Excel or OpenDocument)" in done.out


def test_a_csv_is_text_with_the_links_and_no_workbook(sampleshire, tmp_path):
    out = tmp_path / "out.csv"
    assert sampleshire("export", "Sampleshire", out).code == 0
    assert not zipfile.is_zipfile(out)
    with out.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {"From", "To", "Type"} <= set(rows[0])
    assert len(rows) > 20
    assert read(out.read_bytes(), "out.csv").format == "links_csv"


def test_an_ending_that_says_too_little_is_refused_with_the_keys(sampleshire, tmp_path):
    done = sampleshire("export", "Sampleshire", tmp_path / "out.json")
    assert done.code == 2
    assert "'.json' alone does not say what to write" in done.err
    assert "kumu_json (Kumu JSON)" in done.err
    assert not (tmp_path / "out.json").exists()


@pytest.mark.parametrize(
    ("name", "to", "said"),
    [
        ("out.xlsx", "", "The map holds no cause yet"),
        ("out.xlsx", "plan_excel", "The plan holds no action and no phase yet"),
        ("out.xlsx", "assets_sheet", "No asset is listed yet"),
    ],
)
def test_an_export_that_would_be_empty_is_refused(run, tmp_path, name, to, said):
    run("new", "Nowhere", "--template", "empty")
    options = ["--to", to] if to else []
    done = run("export", "Nowhere", tmp_path / name, *options)
    assert done.code == 2
    assert said in done.err
    assert not (tmp_path / name).exists()


def test_a_plan_turned_into_a_workbook_is_the_plans(run, tmp_path):
    plan = tmp_path / "plan.csv"
    plan.write_text("Action,Lead,By when\nOpen a club,Health,May 2027\n", "utf-8")
    out = tmp_path / "plan.xlsx"
    assert run("convert", plan, out).code == 0
    assert read(out.read_bytes(), "plan.xlsx").format == "plan_excel"
