"""The history as those whom the dossier is about read it. Pure."""

from collections.abc import Callable
from typing import Any

from motcua.dossiers import events as e
from motcua.dossiers.backfill_sentences import heard
from motcua.dossiers.consulting_sentences import answer_heard
from motcua.dossiers.delay_sentences import UNSIGNED
from motcua.dossiers.hand_sentences import IN_OTHER_WORDS
from motcua.dossiers.sentences import Names, without_rules
from motcua.kernel.say import Say

_OTHERWISE: dict[str, Callable[[Any], Say]] = {
    **dict.fromkeys((e.FieldBackfilled.TYPE, e.FieldsBackfilled.TYPE), heard),
    e.ConsultationAnswered.TYPE: answer_heard,
}

_IN_OTHER_WORDS = {**IN_OTHER_WORDS, **UNSIGNED}


def told_to_people(event: Any, names: Names) -> Say:
    """What `event` says to them: what a register answered or another body thinks is the officer's to act on, the number
    of the request nobody's but theirs, and how the office shares its work its own."""
    said = _OTHERWISE.get(event.TYPE)
    return said(event) if said else _IN_OTHER_WORDS.get(event.TYPE) or without_rules(event, names)
