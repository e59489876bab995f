"""Aldermere's year, brought in by command from two papers and a few sheets."""

from __future__ import annotations

import csv
from io import StringIO

from typer.testing import CliRunner

from app.command import app
from tests.council_papers import MINUTE, PLAN

NAME = "Aldermere"
SHEETS = {
    "populations": (
        "Population,Priority",
        "Residents of Quay,Yes",
        "People living in poverty,Yes",
        "People with severe mental illness,Yes",
        "Night workers,No",
    ),
    "boards": (
        "Board or group,Short name,Kind,Reports to,Chaired by (a role)",
        "Health and Wellbeing Board,HWB,Board,,Cabinet member for health",
        "Place leadership team,PLT,Leadership team,Health and Wellbeing Board,",
        "Healthy Places Group,,Partnership,Health and Wellbeing Board,Director of Public Health",
        "Night Workers’ Group,,Working group,Healthy Places Group,",
        "Workforce Enabler Group,,Enabler group,Healthy Places Group,",
    ),
    "stakeholders": (
        "Organisation,Role in the programme,Sector,Job title or role,Engaged on",
        "Aldermere Council,Sponsor,,Chief Executive,12 October 2026",
        "Harbour Housing,Network member,,,One-to-one 3 November 2026; One-to-one 9 January 2027",
    ),
    "frameworks": (
        "Framework,Item,What it means",
        "Our five aims,,What the board agreed in 2024",
        "Our five aims,Close to home,",
        "Our five aims,Food for all,",
        "Community Plan,Chapter 3,",
        "High Impact list,Weight in pregnancy,",
    ),
    "events": (
        "Event,Kind,When,Of which board or group,Populations,People,Organisations,What it produced,What was found",
        "Survey of places,Assessment,Oct 26,Health and Wellbeing Board,Residents of Quay,,,Survey on the council website,Two estates have no green space within ten minutes",
        "Visit to Harbour Housing,One-to-one conversation,3 November 2026,,Residents of Quay,2,1,,",
        "Joint session,Development session,Jan 27,Health and Wellbeing Board,,34,14,Three places to begin with,",
        "Asking about the path,Engagement,February 27 onwards,,Residents of Quay; Night workers,1240,,,",
        "Self-assessment of personal care,Assessment,,,,,,,Plans are made late",
        "Review of the ways into prevention,Service or pathway review,,,People with severe mental illness,,,,Three services overlap",
    ),
    "points": (
        "What was said or agreed,Section,At which event,Said by how many,Populations,Frameworks",
        "The path is dark after six,Insight,Asking about the path (February 27 onwards),310,Residents of Quay,Our five aims: Close to home",
        "Write one plan that parks and housing both recognise,Recommendation,Joint session (Jan 27),,,",
    ),
    "indicators": (
        "Indicator,Unit,Frameworks",
        "Swims a month,,Our five aims: Close to home",
    ),
    "reviews": (
        "On,Review,What we saw,Looking back to",
        "14 September 2026,First look back,The gardens came first,",
    ),
}
_MARKET, _LIDO = (
    "Keep the Saturday market through the winter",
    "Reopen the lido for family swimming",
)


def _actions(listed):
    """Return the sheet that says of some actions what the plan had no room for."""
    keys = {row["Action"]: row["Key"] for row in csv.DictReader(StringIO(listed))}

    def key(words):
        return next(k for title, k in keys.items() if title.startswith(words))

    visit = next(title for title in keys if title.startswith("Visit each partner"))
    return (
        "Key,Stage,Frameworks,Populations,Needs first,Is part of",
        f"{key(_LIDO)},Delivering,Core20PLUS5 (adults): Hypertension; Our five aims: Close to home,Residents of Quay,,",
        f"{key('Lend cargo bikes')},Recommissioning,Community Plan: Chapter 3,People living in poverty,,",
        f"{key('Pay for two community cooks')},Recruiting,,,,{_MARKET}",
        f"{key('Joint session')},,,,{visit},",
    )


def bring_in(data, place):
    """Bring everything in by command, each as one change."""

    def command(*words):
        done = CliRunner().invoke(app, ["--data", str(data), *map(str, words)])
        assert done.exit_code == 0, done.output
        return done.stdout

    def sheet(which, *lines):
        file = place / f"{which}.csv"
        file.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return command("rows", NAME, which, "--from", file)

    command("new", NAME, "--template", "empty")
    command("import", PLAN, "--into", NAME)
    command("import", MINUTE, "--into", NAME)
    for which, lines in SHEETS.items():
        sheet(which, *lines)
    sheet("actions", *_actions(command("rows", NAME, "actions")))
    sheet("story", "Key,Words", "narrative,A whole town shapes weight.")
    taught = "teach-front-desk-staff-to-mention-free-sessions-in-passing"
    sheet("plan", "Key,Responsible", f"action:{taught},Workforce Enabler Group")
    sheet(
        "updates",
        "Update,About,On,Kind",
        f'"Over 2,300 swims in the first month",{_LIDO},21 August 2025,Impact',
    )
    return command, sheet
