"""File names as people gave them, made fit to be kept and shown. Pure."""

from motcua.kernel.text import clean

LONGEST_NAME = 120


def tidy_name(told: str, extension: str, *, nameless: str = "tệp") -> str:
    """`told` without folders and invisible letters, in NFC, at most 120 letters, ending in `extension`."""
    name = clean(told.replace("\\", "/").rpartition("/")[2]).strip(". ")
    stem, dot, ending = name.rpartition(".")
    if dot and ending.casefold() in _SAME.get(extension, {extension}):
        extension = ending.casefold()
    else:
        stem = name
    stem = stem.strip(". ") or nameless
    return f"{stem[: LONGEST_NAME - len(extension) - 1].rstrip()}.{extension}"


_SAME = {"jpg": {"jpg", "jpeg", "jpe", "jfif"}, "tiff": {"tif", "tiff"}, "heic": {"heic", "heif"}}
