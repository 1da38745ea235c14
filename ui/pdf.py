"""Templates to PDF: tagged (PDF/UA), with embedded fonts, and without fetching anything from anywhere.

The fonts come with the project: the Liberation fonts that a system may have are often of version 1, which lacks
ơ, ư, ạ and most other Vietnamese letters, and would be mended with glyphs of another font.
"""

import gc
import io
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import pikepdf
import pydyf
from django.template.loader import render_to_string
from weasyprint import CSS, HTML, Attachment, Document
from weasyprint.css import ColorProfile
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

ARCHIVE = "pdf/a-3a"
COLOURS = "archive"
_FONTS = {f"font:{path.stem}": path for path in (Path(__file__).parent / "fonts").glob("*.ttf")}


class FetchRefusedError(ValueError):
    """A printed page asked for something that isn't part of it: no address is ever fetched for paper."""


class OnlyOurFonts(URLFetcher):
    """Gives the project's fonts by name and refuses every other address: hosts, local files, data addresses."""

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:  # noqa: ARG002 - WeasyPrint's signature
        path = _FONTS.get(url)
        if path is None:
            message = f"not fetched: {url[:200]}"
            raise FetchRefusedError(message)
        return URLFetcherResponse(url, body=path.read_bytes(), headers={"Content-Type": "font/ttf"})


_FETCHER = OnlyOurFonts()


def render_pdf(template: str, context: Mapping[str, Any], *, styles: Mapping[str, Mapping[str, Any]]) -> bytes:
    """The PDF of a Django template; values are escaped as on any page. Links are printed as their text.

    `styles` maps the names of stylesheets (templates as well, for sizes) to their values.
    """
    with _collection_paused():
        document = _laid_out(template, context, styles, "pdf/ua-1")
        pdf: bytes = document.write_pdf(pdf_variant="pdf/ua-1", pdf_tags=True)
    return pdf


Box = tuple[int, float, float, float, float]
"""A place on a page: its index from 0, then left, bottom, right and top in PDF points from the lower left corner."""


@dataclass(frozen=True)
class Attached:
    """A file that travels within a PDF. `relationship`: Data (what the pages show), Source (what they were made of)."""

    name: str
    content: bytes
    media_type: str
    description: str
    relationship: str = "Data"


@dataclass(frozen=True)
class Archived:
    """A PDF for the archive, and where the asked elements are on its pages."""

    pdf: bytes
    boxes: Mapping[str, Box]


def render_archive(
    template: str,
    context: Mapping[str, Any],
    *,
    styles: Mapping[str, Mapping[str, Any]],
    attached: Sequence[Attached] = (),
    places: Sequence[str] = (),
) -> Archived:
    """The same as PDF/A-3a (ISO 19005-3, tagged), with files inside: what is kept for years and signed.

    `places` are ids of elements whose boxes are wanted; raises KeyError for one that isn't on any page.
    """
    moment = datetime.now(tz=UTC)
    attachments = [
        Attachment(
            file_obj=io.BytesIO(file.content),
            name=file.name,
            description=file.description,
            created=moment,
            modified=moment,
            relationship=file.relationship,
        )
        for file in attached
    ]
    with _collection_paused():
        document = _laid_out(template, context, styles, ARCHIVE, places)
        document.metadata.created = document.metadata.modified = moment.strftime("%Y-%m-%dT%H:%M:%SZ")
        pdf: bytes = document.write_pdf(
            pdf_variant=ARCHIVE,
            output_intent=COLOURS,
            attachments=attachments,
            finisher=lambda _, made: _name_attached(made, attached),
        )
    found = _boxes(document)
    return Archived(_unpacked(pdf), {name: found[name] for name in places})


def _unpacked(pdf: bytes) -> bytes:
    """The same, each object readable on its own.

    The tags of a report are thousands of objects, which WeasyPrint packs into one stream. Who compares the revisions of
    a signed file asks for each of them, and would unpack that stream as often: a minute for every signature.
    """
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        document.save(out, object_stream_mode=pikepdf.ObjectStreamMode.disable, deterministic_id=True)
    return out.getvalue()


def _laid_out(
    template: str,
    context: Mapping[str, Any],
    styles: Mapping[str, Mapping[str, Any]],
    variant: str,
    places: Sequence[str] = (),
) -> Document:
    fonts = FontConfiguration()
    sheets = [
        CSS(string=render_to_string(name, dict(values)), url_fetcher=_FETCHER, font_config=fonts)
        for name, values in {"print/fonts.css": {}, **styles}.items()
    ]
    anchors = "".join(f'#{name} {{ -weasy-anchor: "{name}" }}' for name in places)
    sheets.append(CSS(string=anchors, url_fetcher=_FETCHER, font_config=fonts))
    page = HTML(string=render_to_string(template, dict(context)), url_fetcher=_FETCHER)
    for link in page.etree_element.iter("a"):
        link.attrib.pop("href", None)
    if variant != ARCHIVE:
        return page.render(stylesheets=sheets, font_config=fonts, pdf_variant=variant)
    profile = ColorProfile(io.BytesIO(_srgb()), "sRGB2014.icc", "relative-colorimetric", (["r"], ["g"], ["b"]))
    return page.render(
        color_profiles={COLOURS: profile},
        stylesheets=sheets,
        font_config=fonts,
        pdf_variant=variant,
        output_intent=COLOURS,
    )


@cache
def _srgb() -> bytes:
    """The profile of the colours. WeasyPrint would open its file itself, and leave it open."""
    return (files("weasyprint.pdf") / "sRGB2014.icc").read_bytes()


def _name_attached(pdf: pydyf.PDF, attached: Sequence[Attached]) -> None:
    """Write what WeasyPrint guesses from the host's table of types, and name each file once in the catalogue."""
    streams = (each for each in pdf.objects if isinstance(each, pydyf.Stream))
    embedded = [stream for stream in streams if stream.extra.get("Type") == "/EmbeddedFile"]
    for stream, file in zip(embedded, attached, strict=True):
        stream.extra["Subtype"] = f"/{file.media_type.replace('/', '#2f')}"
    if attached:
        pdf.catalog["AF"] = pydyf.Array(dict.fromkeys(pdf.catalog["AF"]))


def _boxes(document: Document) -> dict[str, Box]:
    """Where the anchored elements are. CSS pixels from the top become points from the bottom."""
    found: dict[str, Box] = {}
    for index, page in enumerate(document.pages):
        for name, (left, top, right, bottom) in page.anchors.items():
            x1, y1, x2, y2 = (
                round(edge * _POINTS_PER_PIXEL, 2) for edge in (left, page.height - bottom, right, page.height - top)
            )
            found.setdefault(name, (index, x1, y1, x2, y2))
    return found


_POINTS_PER_PIXEL = 0.75


@contextmanager
def _collection_paused() -> Iterator[None]:
    """Layout makes some hundred thousand objects that all stay: looking through them again and again costs a third."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()
