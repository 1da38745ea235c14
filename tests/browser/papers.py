"""Files that go up and files that come down."""

import csv
import io
from pathlib import Path

from openpyxl import load_workbook
from pypdf import PdfReader

from tests.world import pdf_bytes


def minutes(folder: Path, name: str = "biên bản bàn giao.pdf") -> Path:
    """A real PDF on the disk of the person."""
    path = folder / name
    path.write_bytes(pdf_bytes())
    return path


def words(pdf: bytes) -> str:
    """All text of a PDF."""
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def csv_text(content: bytes) -> str:
    """A CSV as one text; its rows must be readable."""
    text = content.decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(text)))
    return text


def xlsx_text(content: bytes) -> str:
    """Every cell of a workbook."""
    book = load_workbook(io.BytesIO(content), read_only=True)
    return "\n".join(str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row)
