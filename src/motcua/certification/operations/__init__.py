"""The acts on certification books."""

from motcua.certification.operations.entries import Entered, enter, refuse, sign, take_in
from motcua.certification.operations.keeping import authorise, close_day, close_year, correct, reopen_day

__all__ = [
    "Entered",
    "authorise",
    "close_day",
    "close_year",
    "correct",
    "enter",
    "refuse",
    "reopen_day",
    "sign",
    "take_in",
]
