"""The page of what was sent and not done."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from motcua.kernel.errors import OthersTurn, Refusal


def not_done(
    request: HttpRequest, code: str, refusal: Refusal, kept: Sequence[tuple[Any, str]]
) -> HttpResponse:
    """Whose it is instead, or what has changed meanwhile; `kept`: the words that were typed, with their labels."""
    context = {"code": code, "problem": refusal, "kept": kept, "is_others": isinstance(refusal, OthersTurn)}
    return render(request, "desk/moved_on.html", context, status=refusal.status)
