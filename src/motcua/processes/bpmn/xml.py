"""XML of strangers, read into a plain tree: no document type, no entities, nothing fetched, every size bounded."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from motcua.kernel.errors import Invalid

LARGEST = 10 * 1024 * 1024
DEEPEST = 60
MOST_ELEMENTS = 200_000
_SPACE = " "


@dataclass(slots=True)
class Node:
    """An element: its namespace and name, attributes (`{namespace}name` where they have one), the line it begins on."""

    space: str
    name: str
    line: int
    attributes: dict[str, str]
    children: list["Node"] = field(default_factory=list)
    text: str = ""

    def all(self, space: str, name: str) -> Iterator["Node"]:
        """The children of that name."""
        return (child for child in self.children if (child.space, child.name) == (space, name))

    def first(self, space: str, name: str) -> "Node | None":
        """The first child of that name; None without one."""
        return next(self.all(space, name), None)

    @property
    def called(self) -> str:
        """How a refusal names it: its line, its name, its id."""
        name = self.attributes.get("id") or self.attributes.get("code")
        return f"{self.line} <{self.name[:80]}{f' {name[:80]}' if name else ''}>"


def read_xml(content: bytes) -> Node:
    """The root element of `content`. Raises kernel.errors.Invalid with the line for what is no XML, has a document
    type or entities of its own, is too large, too deep or too full."""
    if len(content) > LARGEST:
        raise Invalid(
            f"Tệp lớn quá {LARGEST >> 20} MB.", f"The file is larger than {LARGEST >> 20} MB.", field="file"
        )
    reading = _Reading()
    try:
        reading.parser.Parse(content, True)  # noqa: FBT003 - expat takes no keyword
    except (expat.ExpatError, ValueError, LookupError) as error:
        line = reading.parser.ErrorLineNumber
        raise Invalid(
            f"Dòng {line}: tệp không phải XML đúng khuôn dạng ({error}).",
            f"Line {line}: the file is no well-formed XML ({error}).",
            field="file",
        ) from error
    return reading.root


class _Reading:
    def __init__(self) -> None:
        self.parser = expat.ParserCreate(namespace_separator=_SPACE)
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.parser.EntityDeclHandler = self._doctype
        self.parser.StartElementHandler = self._open
        self.parser.EndElementHandler = self._close
        self.parser.CharacterDataHandler = self._text
        self.parser.buffer_text = True
        self._above: list[tuple[Node, list[str]]] = []
        self._count = 0
        self.root = Node("", "", 0, {})

    def _doctype(self, *_: object) -> None:
        raise self._refused(
            "tệp có khai báo DOCTYPE hoặc thực thể; hãy bỏ đi",
            "the file declares a DOCTYPE or entities; take them out",
        )

    def _open(self, name: str, attributes: dict[str, str]) -> None:
        self._count += 1
        if len(self._above) >= DEEPEST:
            raise self._refused(f"lồng sâu quá {DEEPEST} lớp", f"nested deeper than {DEEPEST}")
        if self._count > MOST_ELEMENTS:
            raise self._refused(
                f"có quá {MOST_ELEMENTS} phần tử", f"there are more than {MOST_ELEMENTS} elements"
            )
        space, _, local = name.rpartition(_SPACE)
        named = {_attribute(key): value for key, value in attributes.items()}
        node = Node(space, local, self.parser.CurrentLineNumber, named)
        if self._above:
            self._above[-1][0].children.append(node)
        else:
            self.root = node
        self._above.append((node, []))

    def _close(self, _name: str) -> None:
        node, texts = self._above.pop()
        node.text = "".join(texts)

    def _text(self, text: str) -> None:
        self._above[-1][1].append(text)

    def _refused(self, vi: str, en: str) -> Invalid:
        line = self.parser.CurrentLineNumber
        return Invalid(f"Dòng {line}: {vi}.", f"Line {line}: {en}.", field="file")


def _attribute(name: str) -> str:
    space, _, local = name.rpartition(_SPACE)
    return f"{{{space}}}{local}" if space else local
