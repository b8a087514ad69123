"""A process as a picture (SVG), for people who would rather look than read the table. Pure."""

from motcua.processes.picture.svg import Look, picture

__all__ = ["Look", "picture"]
