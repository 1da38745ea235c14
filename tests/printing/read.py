"""Printed PDFs, read back as a reader's program does."""

import io
import re
import unicodedata

import pypdf
import pypdfium2
import zxingcpp
from PIL.Image import Image


def texts(pdf: bytes) -> list[str]:
    """The text of each page in reading order, with single spaces."""
    with pypdfium2.PdfDocument(pdf) as document:
        found = []
        for page in document:
            text = page.get_textpage()
            found.append(re.sub(r"\s+", " ", text.get_text_bounded()).strip())
            text.close()
            page.close()
    assert all(unicodedata.is_normalized("NFC", text) for text in found)
    return found


def pictures(pdf: bytes, *, dpi: int) -> list[Image]:
    with pypdfium2.PdfDocument(pdf) as document:
        found = []
        for page in document:
            bitmap = page.render(scale=dpi / 72, grayscale=True)
            found.append(bitmap.to_pil().copy())
            bitmap.close()
            page.close()
    return found


def codes(picture: Image) -> list[str]:
    """What a scanner reads on the picture, in no special order."""
    return [code.text for code in zxingcpp.read_barcodes(picture)]


def fonts(pdf: bytes) -> dict[str, bool]:
    """The fonts used, and whether each is embedded."""
    found = {}
    for page in pypdf.PdfReader(io.BytesIO(pdf)).pages:
        for reference in page["/Resources"]["/Font"].values():
            font = reference.get_object()
            inner = font["/DescendantFonts"][0].get_object() if "/DescendantFonts" in font else font
            embedded = {"/FontFile", "/FontFile2", "/FontFile3"} & set(inner["/FontDescriptor"])
            found[str(font["/BaseFont"]).rpartition("+")[2]] = bool(embedded)
    return found


def tags(pdf: bytes) -> set[str]:
    """The names of the structure elements: what a screen reader is told."""
    waiting = [pypdf.PdfReader(io.BytesIO(pdf)).trailer["/Root"]["/StructTreeRoot"]]
    found = set()
    while waiting:
        element = waiting.pop().get_object()
        if isinstance(element, pypdf.generic.ArrayObject):
            waiting += element
        elif isinstance(element, pypdf.generic.DictionaryObject):
            found.add(str(element.get("/S", "")).lstrip("/"))
            if "/K" in element:
                waiting.append(element["/K"])
    return found - {""}
