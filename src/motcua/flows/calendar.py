"""Publishing a calendar edition."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from motcua.agencies.selectors import agency as agency_facts
from motcua.calendars import operations as calendars
from motcua.kernel.actor import Actor


def publish_calendar(
    *, document: Mapping[str, Any], agency: str, basis: str, actor: Actor, at: datetime
) -> UUID:
    """Publish an edition for the nation (agency "") or one agency; a reaction then moves the open dossiers.

    Raises NotFound for an unknown agency, Invalid where the document is wrong.
    """
    if agency:
        agency_facts(agency)
    return calendars.publish(document=document, agency=agency, basis=basis, actor=actor, at=at)
