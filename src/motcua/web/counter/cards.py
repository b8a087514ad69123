"""What the QR code of a citizen identity card says. It is not signed: as good as typed, no better. Pure."""

import re
from dataclasses import dataclass
from datetime import date

from motcua.kernel.text import clean

# number|old number|name|born ddmmyyyy|sex|address|issued ddmmyyyy|...: the old number may be empty, later
# issues of the card add fields at the end. A keyboard scanner may type it into a field that holds something.
_CARD = re.compile(r"(\d{12})\|(?:\d{9})?\|([^|]+)\|(\d{8})\|[^|]*\|([^|]+)\|\d{8}(?:\|.*)?")


@dataclass(frozen=True, slots=True)
class Card:
    """The holder of a card."""

    number: str
    name: str
    born_on: date
    address: str


def read_card(text: str) -> Card | None:
    """The card scanned into `text`; None when there is none or its date of birth is no date."""
    found = _CARD.search(text)
    if found is None:
        return None
    number, name, born, address = found.groups()
    try:
        born_on = date(int(born[4:]), int(born[2:4]), int(born[:2]))
    except ValueError:
        return None
    return Card(number, clean(name), born_on, clean(address))
