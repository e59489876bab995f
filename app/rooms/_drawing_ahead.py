"""What drawing needs, loaded before the first table draws.

The first link of a process loads what places boxes, and the wall's first map what
draws pictures: together seconds, in which every tablet of a hall would wait.
"""

from __future__ import annotations

import logging
from functools import cache
from threading import Thread

from systemmap.model.elements import Factor, Link
from systemmap.model.plan import ProgrammeInfo
from systemmap.model.programme import Programme
from systemmap.workshops.kits import kit
from systemmap.workshops.running import plan_workshop, tables_of

LOG = logging.getLogger(__name__)
NAME = "systemmap-drawing"


@cache
def load_drawing() -> None:
    """Begin to load it beside whatever is asked, once in a process."""
    Thread(target=_load, name=NAME, daemon=True).start()


def _load() -> None:
    """Draw one link at a table, and the room's map: what loads is then there."""
    from systemmap.editing.positions import link_from_tray
    from systemmap.workshops.room_map import room_map

    try:
        programme = Programme(ProgrammeInfo(id="ahead", name="Ahead"))
        workshop = plan_workshop(programme, kit("mapping_workshop"))
        map_id = tables_of(programme, workshop.id)[0].map_id or ""
        names = ("first", "second")
        programme.add(*(Factor(map_id=map_id, id=name, label=name) for name in names))
        link = Link(map_id=map_id, source="first", target="second")
        link_from_tray(programme, link)
        room_map(programme, workshop.id)
    except Exception:  # whoever draws is told what is wrong
        LOG.exception("What drawing needs could not be loaded ahead")
