"""What the history says of papers on their way. Pure."""

from collections.abc import Callable, Mapping
from typing import Any

from motcua.dossiers import events as e
from motcua.dossiers.travels import OUTCOMES, SETTLED, WHAT
from motcua.kernel.say import Say


def _sent(event: e.PapersSent) -> Say:
    what = WHAT[event.what]
    by = "".join(f", {part}" for part in (event.carrier, event.tracking_number) if part)
    return Say(
        f"{what.vi}: bàn giao theo phiếu {event.manifest}{by}.",
        f"{what.en}: sent on manifest {event.manifest}{by}.",
    )


def _signed(event: e.PapersSigned) -> Say:
    said = OUTCOMES[event.outcome]
    return Say(f"Phiếu bàn giao {event.manifest}: {said.vi}.", f"Manifest {event.manifest}: {said.en}.")


def _settled(event: e.PapersSettled) -> Say:
    said = SETTLED[event.way]
    return Say(f"Phiếu bàn giao {event.manifest}: {said.vi}.", f"Manifest {event.manifest}: {said.en}.")


TRAVELS: Mapping[str, Callable[[Any], Say]] = {
    e.PapersSent.TYPE: _sent,
    e.PapersSigned.TYPE: _signed,
    e.PapersSettled.TYPE: _settled,
}
