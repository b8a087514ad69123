"""The acts on certification books."""

from motcua.certification.operations.entries import Entered, end_waiting, enter, refuse, sign, take_in
from motcua.certification.operations.keeping import (
    Slip,
    authorise,
    close_day,
    close_year,
    correct,
    end_authorisation,
    reopen_day,
)

__all__ = [
    "Entered",
    "Slip",
    "authorise",
    "close_day",
    "close_year",
    "correct",
    "end_authorisation",
    "end_waiting",
    "enter",
    "refuse",
    "reopen_day",
    "sign",
    "take_in",
]
