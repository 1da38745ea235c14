"""PDFs as a person gets and reads them."""

import io

from pypdf import PdfReader


def downloaded(technician, url):
    """The bytes behind an address, as attachment."""
    response = technician.client.get(url)
    assert response["Content-Disposition"].startswith("attachment")
    return b"".join(response.streaming_content)


def text_of_pdf(content):
    """The words of a PDF, single-spaced."""
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages).split())
