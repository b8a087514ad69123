"""Addresses of pages by their names."""

import functools

from django.urls import reverse


def url(name: str, *args: object) -> str:
    """The address of the page `name`. Raises NoReverseMatch when there is none."""
    return reverse(name, args=args) if args else _fixed(name)


@functools.cache
def _fixed(name: str) -> str:
    # A page has a dozen addresses that never change; finding them anew is a tenth of a millisecond.
    return reverse(name)
