"""The acts on a dossier. Each checks who and when, writes one event, and projects it."""

from motcua.dossiers.attachments import Uploads
from motcua.dossiers.operations.endings import (
    Receiver,
    give_back_papers,
    hand_over,
    make_available,
    move_papers,
    notify_ready,
    stop,
    withdraw,
)
from motcua.dossiers.operations.express import express, finish_express
from motcua.dossiers.operations.pauses import (
    MissingPaper,
    apply_calendar,
    extend,
    notify_delay,
    request_supplement,
    resume,
    supply,
    suspend,
)
from motcua.dossiers.operations.reception import Opening, Person, Terms, receive, refuse, submit
from motcua.dossiers.operations.steps import IssuedPaper, StepResult, decide, return_step, start, step
from motcua.dossiers.record import Recorded, labels, lock, lock_all, lock_by_id

__all__ = [
    "IssuedPaper",
    "MissingPaper",
    "Opening",
    "Person",
    "Receiver",
    "Recorded",
    "StepResult",
    "Terms",
    "Uploads",
    "apply_calendar",
    "decide",
    "express",
    "extend",
    "finish_express",
    "give_back_papers",
    "hand_over",
    "labels",
    "lock",
    "lock_all",
    "lock_by_id",
    "make_available",
    "move_papers",
    "notify_ready",
    "notify_delay",
    "receive",
    "refuse",
    "request_supplement",
    "resume",
    "return_step",
    "start",
    "step",
    "stop",
    "submit",
    "supply",
    "suspend",
    "withdraw",
]
