"""What a PDF for the archive must be (ISO 19005-3, level A), as far as it can be told without its own checker."""

import io
import subprocess

import pikepdf
from pikepdf import Name

ACTIVE = ("/JavaScript", "/JS", "/Launch", "/OpenAction", "/AA", "/RichMedia", "/Movie", "/Sound")


def require_archive(pdf: bytes, *, files: dict[str, str]) -> None:
    """Part 3, level A: tagged, with its colours, fonts and language; `files`: what is inside, with its relationship."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        root = document.Root
        assert document.open_metadata().pdfa_status == "3A"
        assert (root.MarkInfo.Marked, str(root.Lang)) == (True, "vi")
        assert root.StructTreeRoot.K
        (intent,) = root.OutputIntents
        assert intent.S == Name.GTS_PDFA1
        assert intent.DestOutputProfile.N == 3
        assert {str(one.UF): str(one.AFRelationship).lstrip("/") for one in root.AF} == files
        assert len(root.AF) == len(files)
        assert {str(name) for name in document.attachments} == set(files)
        for one in root.AF:
            assert one.EF.F.Subtype in {
                Name("/application/json"),
                Name("/application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
            }
            assert one.EF.F.Params.Size == len(one.EF.F.read_bytes())
        assert "/ID" in document.trailer
        assert "/Encrypt" not in document.trailer
        assert str(document.docinfo.Title) == document.open_metadata()["dc:title"]
        for thing in document.objects:
            if isinstance(thing, pikepdf.Dictionary):
                assert not [key for key in ACTIVE if key in thing]


def told(command: str, pdf: bytes, *options: str) -> str:
    """What a tool of poppler says of the file."""
    done = subprocess.run([command, *options, "-"], input=pdf, capture_output=True, check=True)
    return done.stdout.decode()


def require_fonts(pdf: bytes) -> None:
    """Every font is embedded as a subset, and its letters are known (pdffonts)."""
    rows = told("pdffonts", pdf).splitlines()[2:]
    assert rows
    for row in rows:
        name, *_, embedded, subset, known, _number, _generation = row.split()
        assert "QLTB-Serif" in name
        assert (embedded, subset, known) == ("yes", "yes", "yes")
