"""Sizes of files as people read them. Pure."""

_MEGA = 1024 * 1024


def size_words(size: int) -> str:
    """A size: "340 KB", "2,4 MB"."""
    if size < _MEGA:
        return f"{max(-(-size // 1024), 1)} KB"
    return f"{size / _MEGA:.1f}".replace(".", ",").removesuffix(",0") + " MB"
