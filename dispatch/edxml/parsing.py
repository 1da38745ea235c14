"""XML from outside as plain elements, with what makes XML dangerous refused. Pure.

No document type, hence no entities and nothing to fetch; bounded in size, depth and number of elements.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from dispatch.edxml.writing import NAMESPACE

MAX_DEPTH = 20
MAX_ELEMENTS = 5000
_SEPARATOR = " "


class RefusedError(Exception):
    """Why something from outside is not taken, in a Vietnamese sentence."""


@dataclass
class Element:
    """One element: `name` without its namespace, which was checked, and the text that stands in it alone."""

    name: str
    pieces: list[str] = field(default_factory=list)
    children: list["Element"] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The text, without the spaces around it."""
        return "".join(self.pieces).strip()

    def all(self, name: str) -> Iterator["Element"]:
        """Every element of that name below this one, at whatever depth."""
        for child in self.children:
            if child.name == name:
                yield child
            yield from child.all(name)

    def at(self, path: str) -> "Element | None":
        """The first element at `path` ("From/OrganId"), or None."""
        name, _, rest = path.partition("/")
        found = next((child for child in self.children if child.name == name), None)
        return found.at(rest) if found and rest else found

    def says(self, path: str) -> str:
        """The text of the first element at `path`; empty when there is none."""
        found = self.at(path)
        return found.text if found else ""


class _Builder:
    """Takes what expat tells."""

    def __init__(self) -> None:
        self.root: Element | None = None
        self.open: list[Element] = []
        self.count = 0

    def start(self, name: str, _attributes: dict[str, str]) -> None:
        namespace, _, local = name.rpartition(_SEPARATOR)
        if namespace != NAMESPACE:
            raise RefusedError(f"Không phải gói edXML theo QCVN 102:2016/BTTTT (không gian tên “{namespace[:100]}”).")
        self.count += 1
        if self.count > MAX_ELEMENTS or len(self.open) >= MAX_DEPTH:
            raise RefusedError("Gói có quá nhiều phần tử hoặc lồng quá sâu.")
        made = Element(local)
        if self.open:
            self.open[-1].children.append(made)
        else:
            self.root = made
        self.open.append(made)

    def end(self, _name: str) -> None:
        self.open.pop()

    def text(self, text: str) -> None:
        self.open[-1].pieces.append(text)


def _no_document_type(*_: object) -> None:
    raise RefusedError("Gói có khai báo DOCTYPE. Phần mềm không đọc gói như vậy để bảo đảm an toàn.")


def parse(content: bytes, *, max_bytes: int) -> Element:
    """The root element. Raises RefusedError for what isn't safe, isn't whole or isn't ours."""
    if len(content) > max_bytes:
        raise RefusedError(f"Gói lớn hơn {max_bytes // 1024} KB nên không đọc.")
    builder = _Builder()
    parser = expat.ParserCreate(encoding="utf-8", namespace_separator=_SEPARATOR)
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _no_document_type
    parser.StartElementHandler = builder.start
    parser.EndElementHandler = builder.end
    parser.CharacterDataHandler = builder.text
    try:
        parser.Parse(content, True)  # noqa: FBT003 - expat takes no keyword: this is the last piece
    except expat.ExpatError as fault:
        raise RefusedError(f"Gói không phải XML hợp lệ (dòng {fault.lineno}).") from fault
    if builder.root is None or builder.root.name != "edXML":
        raise RefusedError("Gói không có phần tử gốc edXML.")
    return builder.root
