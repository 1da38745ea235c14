"""Templates to PDF: tagged (PDF/UA), with embedded fonts, and without fetching anything from anywhere.

The fonts come with the project: the Liberation fonts that a system may have are often of version 1, which lacks
ơ, ư, ạ and most other Vietnamese letters, and would be mended with glyphs of another font.
"""

import gc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.template.loader import render_to_string
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

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
    fonts = FontConfiguration()
    sheets = [
        CSS(string=render_to_string(name, dict(values)), url_fetcher=_FETCHER, font_config=fonts)
        for name, values in {"print/fonts.css": {}, **styles}.items()
    ]
    page = HTML(string=render_to_string(template, dict(context)), url_fetcher=_FETCHER)
    for link in page.etree_element.iter("a"):
        link.attrib.pop("href", None)
    with _collection_paused():
        pdf: bytes = page.write_pdf(stylesheets=sheets, font_config=fonts, pdf_variant="pdf/ua-1", pdf_tags=True)
    return pdf


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
