"""Look into an untrusted PDF, alone in a process of its own with little memory and time.

Run as a script by `core.document_checks` with the file as standard input; prints one line of JSON: the number of
pages and the codes of what was found. Imports nothing of the project, so that a fault of the parser, or a file made
to crash or to starve it, meets neither the database nor the secrets of the application.
"""

import json
import resource
import sys
from collections.abc import Iterator
from typing import Any, BinaryIO
from urllib.parse import urlsplit

import pikepdf

MEMORY = 1 << 30
CPU_SECONDS = 10
MAX_PAGES = 3000
MAX_OBJECTS = 200_000

# What a form on paper never needs. Actions by their /S (ISO 32000-2, 12.6.4), annotations by their /Subtype (12.5.6).
ACTIONS = {
    "/JavaScript": "javascript",
    "/Launch": "launch",
    "/SubmitForm": "submit",
    "/ImportData": "submit",
    "/GoToR": "remote",
    "/GoToE": "embedded",
    "/Rendition": "media",
    "/Movie": "media",
    "/Sound": "media",
    "/RichMediaExecute": "media",
    "/GoTo3DView": "media",
}
ANNOTATIONS = {
    "/RichMedia": "media",
    "/3D": "media",
    "/Screen": "media",
    "/Movie": "media",
    "/Sound": "media",
    "/FileAttachment": "embedded",
}
TRIGGERS = frozenset(
    f"/{key}" for key in ("E", "X", "D", "U", "Fo", "Bl", "PO", "PC", "PV", "PI", "O", "C", "K", "F", "V")
)
TRIGGERS |= {"/WC", "/WS", "/DS", "/WP", "/DP"}
LINKS = frozenset({"http", "https", "mailto", "tel"})


def limit() -> None:
    """Bind this process: a file that asks for more ends it, and that is taken for an unreadable file."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    pikepdf.settings.set_qpdf_limits(flate_max_memory=MEMORY // 4, parser_max_container_size=MAX_OBJECTS)


def inspect(file: BinaryIO) -> dict[str, Any]:
    """The pages and the findings (codes) of the PDF; a damaged one isn't repaired, for viewers repair in other ways."""
    try:
        with pikepdf.open(file, attempt_recovery=False, suppress_warnings=True, inherit_page_attributes=False) as pdf:
            return _look(pdf)
    except pikepdf.PasswordError:
        return {"pages": 0, "found": ["encrypted"]}
    except pikepdf.PdfError as fault:
        return {"pages": 0, "found": ["encrypted" if "encrypt" in str(fault).lower() else "damaged"]}
    except (RuntimeError, ValueError, MemoryError, RecursionError):
        return {"pages": 0, "found": ["damaged"]}


def _look(pdf: pikepdf.Pdf) -> dict[str, Any]:
    if pdf.is_encrypted:  # opens without a password, but what may be done with it is restricted
        return {"pages": 0, "found": ["encrypted"]}
    if len(pdf.objects) > MAX_OBJECTS:
        return {"pages": 0, "found": ["too_large"]}
    pages = len(pdf.pages)
    if pages == 0:
        return {"pages": 0, "found": ["no_pages"]}
    if pages > MAX_PAGES:
        return {"pages": pages, "found": ["too_large"]}
    found = set(_catalogue(pdf.Root))
    for item in pdf.objects:
        for part in _dictionaries(item):
            found.update(_findings(part))
    return {"pages": pages, "found": sorted(found)}


def _catalogue(root: Any) -> Iterator[str]:
    names = root.get("/Names")
    if isinstance(names, pikepdf.Dictionary):
        if "/JavaScript" in names:
            yield "javascript"
        if "/EmbeddedFiles" in names and _holds(names["/EmbeddedFiles"]):
            yield "embedded"
    if "/Collection" in root or "/AF" in root:
        yield "embedded"
    form = root.get("/AcroForm")
    if isinstance(form, pikepdf.Dictionary) and "/XFA" in form:
        yield "xfa"
    opening = root.get("/OpenAction")
    if isinstance(opening, pikepdf.Dictionary) and str(opening.get("/S")) != "/GoTo":
        yield "automatic"


def _holds(tree: Any) -> bool:
    """Whether a name tree has anything in it: some programs leave an empty one."""
    if not isinstance(tree, pikepdf.Dictionary):
        return False
    return any(len(tree[key]) > 0 for key in ("/Names", "/Kids") if isinstance(tree.get(key), pikepdf.Array))


def _dictionaries(item: Any) -> Iterator[Any]:
    """The dictionaries written inside one indirect object; what it refers to is an object of its own."""
    waiting = [item]
    while waiting:
        part = waiting.pop()
        if isinstance(part, pikepdf.Dictionary | pikepdf.Stream):
            yield part
            inner = [value for _, value in part.items()]
        elif isinstance(part, pikepdf.Array):
            inner = list(part)
        else:
            continue
        waiting += [x for x in inner if isinstance(x, pikepdf.Dictionary | pikepdf.Array) and not x.is_indirect]


def _findings(part: Any) -> Iterator[str]:
    keys = part.keys()
    if "/S" in keys and (code := ACTIONS.get(_name(part["/S"]))):
        yield code
    if "/Subtype" in keys and (code := ANNOTATIONS.get(_name(part["/Subtype"]))):
        yield code
    if "/JS" in keys and isinstance(part["/JS"], pikepdf.String):
        yield "javascript"
    if "/EF" in keys and isinstance(part["/EF"], pikepdf.Dictionary):
        yield "embedded"
    if "/URI" in keys and isinstance(part["/URI"], pikepdf.String) and not _harmless(str(part["/URI"])):
        yield "remote"
    if "/AA" in keys and _has_triggers(part["/AA"]):
        yield "automatic"
    if isinstance(part, pikepdf.Stream) and "/F" in keys:  # its data would be read from another file or host
        yield "remote"


def _name(value: Any) -> str:
    return str(value) if isinstance(value, pikepdf.Name) else ""


def _harmless(link: str) -> bool:
    try:
        scheme = urlsplit(link.strip()).scheme.lower()
    except ValueError:
        return False
    return scheme in LINKS or (not scheme and not link.lstrip().startswith(("\\", "//")))


def _has_triggers(value: Any) -> bool:
    """Whether /AA is a dictionary of actions and not, say, a font that a page calls AA."""
    if not isinstance(value, pikepdf.Dictionary) or isinstance(value, pikepdf.Stream):
        return False
    return any(key in TRIGGERS and isinstance(x, pikepdf.Dictionary) and "/S" in x for key, x in value.items())


if __name__ == "__main__":
    limit()
    sys.stdout.write(json.dumps(inspect(sys.stdin.buffer)))
