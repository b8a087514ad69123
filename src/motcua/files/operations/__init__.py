"""Writes: what was sent is kept, taken over, erased; telephones are let in for a quarter of an hour."""

from motcua.files.operations.scanning import scan_next as scan_next
from motcua.files.operations.uploads import (
    UPLOAD_LIFE as UPLOAD_LIFE,
    Taken as Taken,
    discard as discard,
    discard_all as discard_all,
    erase as erase,
    hand_on as hand_on,
    keep as keep,
    stay as stay,
    sweep as sweep,
    take as take,
    take_sent as take_sent,
    too_large as too_large,
)
