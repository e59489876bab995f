"""The list of partners: what a person typed becomes an organisation, or a role in one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from systemmap.errors import InvalidValue
from systemmap.model.owners import organisation_from
from systemmap.model.people import Stakeholder
from systemmap.model.text import clean, clean_label, slug

if TYPE_CHECKING:
    from systemmap.model.programme import Programme


def new_stakeholder(
    programme: Programme,
    organisation: str,
    *,
    sector: str = "",
    role: str = "contributor",
    title: str = "",
    engaged: str = "",
) -> Stakeholder:
    """Add an organisation, or a role in one; names of persons are not asked for.

    Raises
    ------
    InvalidValue
        The organisation is blank, or is an e-mail address.
    """
    name = organisation_from(organisation)
    if not name:
        raise InvalidValue("Give the organisation's name, for example 'Leisure Trust'.")
    made = Stakeholder(
        id=slug(name, programme.all(Stakeholder), fallback="organisation"),
        organisation=name,
        sector=sector,
        role=role,
        title=clean_label(title),
        engaged_on=tuple(
            filter(None, (line.strip() for line in clean(engaged).splitlines()))
        ),
        invited=role == "missing",
    )
    programme.add(made)
    return made
