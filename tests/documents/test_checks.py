"""Every upload that must be refused is a real file, and so is every one that must pass."""

import hashlib
import io
import json
import subprocess
import sys
import zipfile
import zlib

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from pikepdf import Encryption, ObjectStreamMode

from core import document_checks, pdf_inspection
from core.document_checks import check_pdf, clean_title
from core.errors import DomainError
from tests.documents.pdfs import ACTIVE, HARMLESS, big_upload, build, padded, upload

MB = 1 << 20


def refusal(file: UploadedFile, *, max_bytes: int = 20 * MB) -> DomainError:
    with pytest.raises(DomainError) as caught:
        check_pdf(file, max_bytes=max_bytes)
    return caught.value


def zipped() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    return out.getvalue()


def test_a_good_pdf_passes_and_is_measured():
    content = build(pages=3)
    checked = check_pdf(upload(content), max_bytes=MB)
    assert (checked.pages, checked.size) == (3, len(content))
    assert checked.sha256 == hashlib.sha256(content).hexdigest()


def test_a_large_scan_passes_from_the_disk():
    content = padded(12 * MB)
    with big_upload(content) as file:
        assert check_pdf(file, max_bytes=20 * MB).size == len(content)


def test_the_name_and_the_declared_type_count_for_nothing():
    assert check_pdf(upload(build(), "anh.html", "text/html"), max_bytes=MB).pages == 1


@pytest.mark.parametrize("change", HARMLESS.values(), ids=HARMLESS)
def test_what_ordinary_programs_write_passes(change):
    assert check_pdf(upload(build(change)), max_bytes=MB).pages == 1


@pytest.mark.parametrize(
    "saving", [{"object_stream_mode": ObjectStreamMode.generate}, {"linearize": True}, {"qdf": True}]
)
def test_every_way_of_saving_passes(saving):
    assert check_pdf(upload(build(pages=2, **saving)), max_bytes=MB).pages == 2


@pytest.mark.parametrize(("change", "says"), ACTIVE.values(), ids=ACTIVE)
def test_active_content_is_refused_with_its_name(change, says):
    error = refusal(upload(build(change), "Biên bản số 5.pdf"))
    assert error.code == "active"
    assert error.field == "documents"
    assert says in error.message
    assert "“Biên bản số 5.pdf”" in error.message
    assert "In" in error.message


@pytest.mark.parametrize("change", [ACTIVE["javascript on opening"][0], ACTIVE["attached file"][0]])
def test_active_content_is_found_in_object_streams_too(change):
    content = build(change, object_stream_mode=ObjectStreamMode.generate)
    assert b"/JavaScript" not in content
    assert refusal(upload(content)).code == "active"


def test_a_disguised_name_is_read_as_a_viewer_reads_it():
    content = build(ACTIVE["javascript on opening"][0]).replace(b"/JavaScript", b"/J#61v#61Scrip#74")
    assert refusal(upload(_with_new_offsets(content))).code == "active"


def _with_new_offsets(content: bytes) -> bytes:
    """The same objects with a right cross-reference table, written by hand so that no library rewrites the names."""
    start = content.index(b"1 0 obj")
    end = content.index(b"xref\n")
    body, out, offsets = content[start:end], content[:start], []
    for piece in body.split(b"endobj\n")[:-1]:
        offsets.append(len(out))
        out += piece + b"endobj\n"
    table = b"xref\n0 %d\n0000000000 65535 f \n" % (len(offsets) + 1)
    table += b"".join(b"%010d 00000 n \n" % at for at in offsets)
    trailer = b"trailer << /Root 1 0 R /Size %d >>\nstartxref\n%d\n%%%%EOF\n" % (len(offsets) + 1, len(out))
    return out + table + trailer


def test_a_file_over_the_limit_names_both_sizes():
    with big_upload(padded(25 * MB)) as file:
        error = refusal(file)
    assert error.code == "too_big"
    assert "25 MB" in error.message
    assert "20 MB" in error.message


def test_a_file_that_lies_about_its_size_is_stopped_while_it_is_read():
    file = upload(padded(2 * MB))
    file.size = 10
    assert refusal(file, max_bytes=MB).code == "too_big"


def test_an_empty_file():
    error = refusal(upload(b""))
    assert (error.code, "rỗng" in error.message) == ("empty", True)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"<!DOCTYPE html><html><script>alert(1)</script></html>", "trang web"),
        (b"\xef\xbb\xbf  <html></html>", "trang web"),
        (b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', "SVG"),
        (zipped(), "Word"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "Word"),
        (b"\xff\xd8\xff\xe0" + bytes(50), "JPEG"),
        (b"MZ" + bytes(50), "chương trình"),
        (b"hello", "định dạng khác"),
        (b"\x00", "định dạng khác"),
        (b"%PDF-x.y", "định dạng khác"),
    ],
)
def test_other_formats_named_pdf(content, says):
    error = refusal(upload(content, "a.pdf"))
    if error.code == "polyglot":
        assert content.startswith(b"%PDF")
    else:
        assert error.code == "not_pdf"
        assert says in error.message


@pytest.mark.parametrize("password", [{"user": "mat-khau", "owner": "x"}, {"user": "", "owner": "chu"}])
def test_a_locked_pdf_has_its_own_message(password):
    error = refusal(upload(build(encryption=Encryption(**password))))
    assert error.code == "encrypted"
    assert "mật khẩu" in error.message


@pytest.mark.parametrize("prefix", [b"<html>", b"\n", b"\x00", b"GIF89a", b"\xef\xbb\xbf", b"PK\x03\x04" + bytes(30)])
def test_nothing_may_stand_before_the_pdf(prefix):
    error = refusal(upload(prefix + build()))
    assert error.code == "polyglot"


def test_nothing_may_follow_the_pdf():
    assert refusal(upload(build() + b"<script>alert(1)</script>")).code == "polyglot"
    assert refusal(upload(build() + zipped())).code == "polyglot"


def test_an_archive_that_hides_behind_an_end_mark():
    out = io.BytesIO(build())
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("a.txt", "x")
        archive.comment = b"\n%%EOF\n"
    assert zipfile.is_zipfile(io.BytesIO(out.getvalue()))
    assert refusal(upload(out.getvalue())).code == "polyglot"


def test_bytes_that_only_look_like_the_end_of_an_archive_pass():
    content = build(lambda pdf: pdf.Root.__setitem__("/X", pdf.make_stream(b"PK\x05\x06" * 30)), compress_streams=False)
    assert check_pdf(upload(content), max_bytes=MB).pages == 1


def test_line_ends_and_nulls_after_the_end_pass():
    assert check_pdf(upload(build() + b"\r\n\x00\x00"), max_bytes=MB).pages == 1


@pytest.mark.parametrize("keep", [0.3, 0.6, 0.95])
def test_a_truncated_file(keep):
    content = padded(200_000)
    error = refusal(upload(content[: int(len(content) * keep)]))
    assert error.code == "truncated"
    assert "cắt cụt" in error.message


def test_a_truncated_file_whose_first_part_ends_properly():
    content = build(pages=30, linearize=True)
    error = refusal(upload(content[: len(content) * 2 // 3]))
    assert error.code == "truncated"


def test_a_damaged_file_is_not_repaired():
    content = build(pages=2)
    at = content.rindex(b"startxref")
    error = refusal(upload(content[:at] + b"startxref\n999999\n%%EOF\n"))
    assert error.code == "damaged"
    assert "hỏng" in error.message


def test_a_pdf_without_pages():
    assert refusal(upload(build(pages=0))).code == "no_pages"


def test_too_many_pages():
    assert refusal(upload(build(pages=pdf_inspection.MAX_PAGES + 1))).code == "too_complex"


def packed_pages(megabytes: int) -> bytes:
    """A PDF whose page tree lies in a compressed object stream that unpacks to so many megabytes."""
    packer = zlib.compressobj(9)
    data = packer.compress(b"3 0 << /Type /Pages /Kids [] /Count 0 >>")
    data += b"".join(packer.compress(b" " * MB) for _ in range(megabytes)) + packer.flush()
    head = b"%PDF-1.5\n"
    catalogue = b"1 0 obj << /Type /Catalog /Pages 3 0 R >> endobj\n"
    stream = b"2 0 obj << /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length %d >> stream\n" % len(data)
    stream += data + b"\nendstream endobj\n"
    places = (
        (0, 0),
        (1, len(head)),
        (1, len(head + catalogue)),
        (2, 2),
        (1, len(head + catalogue + stream)),
    )
    rows = b"".join(bytes([kind]) + at.to_bytes(8, "big") + b"\0" for kind, at in places)
    table = b"4 0 obj << /Type /XRef /Size 5 /W [1 8 1] /Root 1 0 R /Length %d >> stream\n" % len(rows)
    return head + catalogue + stream + table + rows + b"\nendstream endobj\nstartxref\n%d\n%%%%EOF\n" % places[4][1]


def test_a_bomb_ends_the_inspection_and_not_the_server():
    """The same file is read when it unpacks to a megabyte and refused when it unpacks to hundreds."""
    assert refusal(upload(packed_pages(1))).code == "no_pages"
    bomb = packed_pages(400)
    assert len(bomb) < MB
    assert refusal(upload(bomb)).code == "damaged"


def test_an_inspection_that_finds_no_time_does_not_blame_the_file(monkeypatch):
    monkeypatch.setattr(document_checks, "SECONDS", 0.001)
    error = refusal(upload(build()))
    assert error.code == "not_checked"
    assert "thử tải lên lại" in error.message


def test_the_inspection_binds_itself(tmp_path):
    """What it may use: memory, processor time, no file written."""
    code = (
        "import resource as r, runpy, sys; m = runpy.run_path(sys.argv[1]); m['limit']();"
        "print([r.getrlimit(x)[0] for x in (r.RLIMIT_AS, r.RLIMIT_CPU, r.RLIMIT_FSIZE, r.RLIMIT_CORE)])"
    )
    run = subprocess.run(
        [sys.executable, "-I", "-c", code, pdf_inspection.__file__], capture_output=True, text=True, check=True
    )
    assert json.loads(run.stdout) == [1 << 30, 10, 4096, 0]


def test_deeply_nested_objects_do_not_break_the_inspection():
    content = build().replace(b"/Type /Catalog", b"/X " + b"[" * 5000 + b"]" * 5000 + b" /Type /Catalog", 1)
    assert refusal(upload(_with_new_offsets(content))).code == "damaged"


def test_the_inspection_knows_nothing_of_the_application(tmp_path):
    """It runs alone: without the project on its path and without the environment's secrets."""
    good = tmp_path / "a.pdf"
    good.write_bytes(build(pages=2))
    with good.open("rb") as file:
        run = subprocess.run(
            [sys.executable, "-I", pdf_inspection.__file__],
            stdin=file,
            capture_output=True,
            check=True,
            env={},
            cwd=tmp_path,
        )
    assert json.loads(run.stdout) == {"pages": 2, "found": []}


@pytest.mark.parametrize(
    ("given", "title"),
    [
        ("Biên bản.pdf", "Biên bản.pdf"),
        ("Bie\u0302n ba\u0309n.PDF", "Biên bản.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\a\\hợp đồng.pdf", "hợp đồng.pdf"),
        ("hoa don\u202efdp.exe", "hoa don fdp.exe.pdf"),
        ("a\x00b\r\nc.pdf", "a b c.pdf"),
        ('a"b<c>:d.pdf', "a-b-c--d.pdf"),
        ("x" * 300 + ".pdf", "x" * 196 + ".pdf"),
        (".pdf", "tai-lieu.pdf"),
        ("", "tai-lieu.pdf"),
        (None, "tai-lieu.pdf"),
        ("..", "tai-lieu.pdf"),
    ],
)
def test_titles(given, title):
    assert clean_title(given) == title


def test_a_file_without_a_name():
    assert check_pdf(ContentFile(build()), max_bytes=MB).pages == 1
