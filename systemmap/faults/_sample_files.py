"""A small whole file for every reader: written by us where we write it, else by hand."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from systemmap.formats import FORMATS, write
from systemmap.model.elements import Factor, Link
from systemmap.model.plan import ProgrammeInfo, Workstream
from systemmap.model.programme import Programme
from systemmap.model.response import Action, Asset
from systemmap.model.values import Due, Polarity

if TYPE_CHECKING:
    from collections.abc import Mapping

_OUTLET = {
    "FHRSID": 1,
    "BusinessName": "Corner Chips",
    "BusinessType": "Takeaway/sandwich shop",
    "BusinessTypeID": "7844",
    "RatingValue": "5",
    "RatingDate": "2026-05-01",
    "LocalAuthorityName": "Faultford",
    "geocode": {"longitude": "-0.7", "latitude": "52.6"},
}
_BY_HAND: Mapping[str, str] = {
    "cause_list": "Stress\nSleep\nCost of food\n\nShift work\n",
    "deprivation": (
        "LSOA code (2021),LSOA name (2021),Local Authority District code (2024),Local Authority District name (2024),"
        "Index of Multiple Deprivation (IMD) Score,Index of Multiple Deprivation (IMD) Decile (where 1 is most deprived 10% of LSOAs)\n"
        "E01000001,Faultford 001A,E06000099,Faultford,45.2,1\nE01000002,Faultford 001B,E06000099,Faultford,5.5,10\n"
    ),
    "drawio": '<mxfile><diagram name="Page-1"><mxGraphModel><root><mxCell id="0"/><mxCell id="1" parent="0"/><mxCell id="2" value="Stress" vertex="1" parent="1"/><mxCell id="3" value="Sleep" vertex="1" parent="1"/><mxCell id="4" value="+" edge="1" source="2" target="3" parent="1"/></root></mxGraphModel></diagram></mxfile>',
    "figures_table": "Area code,Area,Indicator,Period,Value\nE06000099,Faultford,Obesity at age 11,2024,36.5\nE06000099,Faultford,Obesity at age 11,2025,35.9\n",
    "gml": 'graph [\n directed 1\n node [ id 1 label "Stress" ]\n node [ id 2 label "Sleep" ]\n edge [ source 1 target 2 label "-" ]\n]\n',
    "pajek": '*Vertices 2\n1 "Stress"\n2 "Sleep"\n*Arcs\n1 2 -1\n',
    "drawio_csv": '# label: %name%\n# connect: {"from": "refs", "to": "id"}\nid,name,refs\n1,Stress,"2,3"\n2,Sleep,3\n3,Weight,\n',
    "fingertips_csv": (
        "Indicator ID,Indicator Name,Parent Code,Parent Name,Area Code,Area Name,Area Type,Sex,Age,Category Type,Category,"
        "Time period,Value,Lower CI 95.0 limit,Upper CI 95.0 limit,Count,Denominator,Value note,Recent Trend,"
        "Compared to England value or percentiles,Time period Sortable\n"
        "20602,Year 6,E12,Region,E06000099,Faultford,UA,Persons,10-11 yrs,,,2022/23,36.5,35.1,37.9,1230,3370,,No significant change,Similar,20220000\n"
    ),
    "food_ratings": json.dumps(
        {
            "FHRSEstablishment": {
                "Header": {},
                "EstablishmentCollection": {"EstablishmentDetail": [_OUTLET]},
            }
        }
    ),
    "geojson": '{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"code": "E05000001", "name": "North"}, "geometry": {"type": "Polygon", "coordinates": [[[0, 51], [0.1, 51], [0.1, 51.1], [0, 51]]]}}]}',
    "minute_text": "Board\nMeeting: 14 September 2026\n3. Healthy weight\nAction plan\n- Open a food club\n- Train midwives\n- Map the shops\nACTION: Planning to draft a policy by May 2027.\nResolved: (1) That the report be noted. \n",
    "node_link_json": '{"nodes": [{"id": "a", "label": "Stress"}, {"id": "b"}], "links": [{"source": "a", "target": "b", "sign": "+"}]}',
    "obsekio_csv": "Name,Description,Impact Card Name,Started At,Finished At,Contact Name,Stakeholder 1 Name,Subsystem Tag 1 Name\nSchool Streets,Close roads,Card,2024-01-01,2024-05-01,,Council,Transport\n",
    "plan_outline": "Domain: Food\n\nActions:\n\n\u2022 Open a food club\n  Public Health\n  On track\n\u2022 Train midwives\n  NHS trust\n  Complete\n\nOutcomes:\n\n\u2022 More meals cooked\n",
    "trello_json": '{"name": "Board", "lists": [{"id": "l1", "name": "To do", "closed": false}, {"id": "l2", "name": "Old", "closed": true}], "cards": [{"id": "c1", "name": "Open a food club", "idList": "l1", "closed": false, "due": "2027-03-31T12:00:00.000Z", "dueComplete": false, "desc": "", "labels": []}, {"id": "c2", "name": "Walks", "idList": "l2", "closed": false, "due": null, "desc": "", "labels": [{"name": "Travel"}]}]}',
    "whiteboard_csv": "Frame 1\nCost of healthy food,yellow\nLack of time to cook,light_green\n",
    "xmile": '<?xml version="1.0"?><xmile version="1.0"><model><variables><aux name="A"/><aux name="B"/></variables><views><view><connector uid="1" polarity="+"><from>A</from><to>B</to></connector></view></views></model></xmile>',
}
# Workbooks that we do not write are tried with one that we do.
_IN_A_WORKBOOK = ("cause_sheet", "partner_sheets")


def programme() -> Programme:
    """Return the programme that the files are of, and that they are brought into."""
    town = Programme(ProgrammeInfo(id="faultford", name="Faultford"))
    town.put_map(town.system_map())
    town.add(Factor(id="stress", label="Stress"), Factor(id="sleep", label="Sleep"))
    town.add(Link(source="stress", target="sleep", polarity=Polarity.OPPOSITE))
    town.add(
        Workstream(id="food", name="Food & drink", purpose="Make it easy.\nFor all."),
        Action(
            id="club",
            title="Open a food club",
            ref="1",
            workstream_id="food",
            aims=("Count them.", "Ask people"),
            owners=("Public Health",),
            due=Due(raw="March 2027", start="2027-03", precision="month"),
            status="ongoing",
            status_note="half done",
        ),
        Action(
            id="cafe", title="\u00dcberblick \u2013 Caf\u00e9", workstream_id="food"
        ),
        Asset(id="hall", name="Hall", organisation="Council"),
    )
    return town


def sample_files() -> dict[str, bytes]:
    """Return a file for each format that is read, by its key."""
    town = programme()
    found: dict[str, bytes] = {}
    for key, fmt in FORMATS.items():
        if fmt.read is None:
            continue
        if key in _BY_HAND:
            found[key] = _BY_HAND[key].encode()
        elif key in _IN_A_WORKBOOK:
            found[key] = write(town, "plan_excel").data
        else:
            found[key] = write(town, key).data
    return found
