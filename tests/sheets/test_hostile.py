"""Wrong files: a clear answer within seconds and within bounded memory. All are read as their users would send them."""

import io
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from core.sheets import MAX_BYTES, SheetError, read
from tests.sheets.office import convert_all

MB = 1 << 20
ROOT = Path(__file__).parents[2]
SHEET = "xl/worksheets/sheet1.xml"
HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
)
FIRST = '<row r="1"><c r="A1"><v>1</v></c></row>'
FOOT = "</sheetData></worksheet>"
ODS_NAMES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
)
# Run apart, so that the memory of its child is of this file alone. Says the code, the sentence, MB and seconds.
MEASURE = """
import json, resource, sys, time
from core.sheets import SheetError, read
begun = time.monotonic()
try:
    with open(sys.argv[1], "rb") as file:
        book = read(file, "tep.xlsx")
    said = ["", [[s.rows, s.columns] for s in book.sheets]]
except SheetError as refusal:
    said = [refusal.code, refusal.message]
with open("/proc/self/status") as status:  # getrusage would count the process that started this one
    own = next(int(line.split()[1]) >> 10 for line in status if line.startswith("VmHWM"))
print(json.dumps([*said, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss >> 10, own, time.monotonic() - begun]))
"""


def measured(path):
    run = subprocess.run(
        [sys.executable, "-c", MEASURE, str(path)], capture_output=True, check=True, cwd=ROOT, env={"LANG": "C.UTF-8"}
    )
    code, said, child, parent, seconds = json.loads(run.stdout)
    print(f"{path.name}: {code or said}, child {child} MB, parent {parent} MB, {seconds:.1f} s")  # noqa: T201 - figures
    assert parent < 64
    assert seconds < 30  # a bound for a busy machine; alone it is under five
    return code, said, child


@pytest.fixture(scope="module")
def plain(tmp_path_factory):
    path = tmp_path_factory.mktemp("plain") / "plain.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("Một").write(0, 0, "a", book.add_format({"bold": True}))
    return path


@pytest.fixture
def variant(plain, tmp_path):
    """Write the plain workbook with another sheet, and with files besides."""

    def make(pieces=None, besides=None):
        path = tmp_path / "variant.xlsx"
        with zipfile.ZipFile(plain) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
            for name in source.namelist():
                if name == SHEET and pieces is not None:
                    with target.open(name, "w", force_zip64=True) as sheet:
                        for piece in pieces:
                            sheet.write(piece.encode())
                elif name not in (besides or {}):
                    target.writestr(name, source.read(name))
            for name, content in (besides or {}).items():
                target.writestr(name, content)
        return path

    return make


def ods(path, rows, **besides):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(
            "content.xml",
            f"<office:document-content {ODS_NAMES}><office:body><office:spreadsheet>"
            f'<table:table table:name="Một">{rows}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
        )
        for name, content in besides.items():
            archive.writestr(name.replace("__", "/"), content)
    return path


def refusal_of(content, name="tep.xlsx"):
    with pytest.raises(SheetError) as refusal:
        read(io.BytesIO(content), name)
    assert f"“{name}”" in refusal.value.message or "Trang tính" in refusal.value.message
    return refusal.value


class TestMeasured:
    def test_a_million_empty_rows(self, variant):
        rows = (f'<row r="{line}" s="1" customFormat="1"/>' for line in range(2, 1_000_001))
        code, sheets, child = measured(variant([HEAD, FIRST, *rows, FOOT]))
        assert (code, sheets) == ("", [[1, 1]])
        assert child < 100

    def test_a_million_rows_of_styled_empty_cells(self, variant):
        rows = (f'<row r="{line}"><c r="A{line}" s="1"/><c r="B{line}" s="1"/></row>' for line in range(2, 1_000_001))
        code, sheets, child = measured(variant([HEAD, FIRST, *rows, FOOT]))
        assert (code, sheets) == ("", [[1, 1]])
        assert child < 100

    def test_a_million_rows(self, variant):
        rows = (f'<row r="{line}"><c r="A{line}"><v>1</v></c></row>' for line in range(1, 1_000_001))
        code, said, child = measured(variant([HEAD, *rows, FOOT]))
        assert code == "rows"
        assert "1.000.000" in said
        assert "50.000" in said
        assert child < 100

    def test_one_cell_in_the_last_corner(self, variant):
        corner = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
        code, said, child = measured(variant([HEAD, FIRST, corner, FOOT]))
        assert code == "rows"
        assert "1.048.576" in said
        assert child < 100

    def test_one_cell_in_the_last_column(self, variant):
        code, said, child = measured(variant([HEAD, '<row r="1"><c r="XFD1"><v>1</v></c></row>', FOOT]))
        assert code == "columns"
        assert "16.384" in said
        assert child < 100

    def test_the_last_corner_that_is_allowed(self, variant):
        corner = '<row r="50000"><c r="GR50000"><v>1</v></c></row>'
        code, sheets, child = measured(variant([HEAD, FIRST, corner, FOOT]))
        assert (code, sheets) == ("", [[50_000, 200]])
        assert child < 500

    def test_cells_that_do_not_say_where_they_are(self, variant):
        code, said, child = measured(variant([HEAD, *["<row>" + "<c><v>1</v></c>" * 500 + "</row>"] * 9, FOOT]))
        assert code == "columns"
        assert "500" in said
        assert child < 100

    def test_a_bomb_by_its_directory(self, variant):
        code, said, child = measured(variant([HEAD, *["0" * MB] * 450, FOOT]))
        assert code == "bomb"
        assert "451 MB" in said
        assert child < 50

    def test_a_bomb_within_what_the_directory_may_say(self, variant):
        code, _, child = measured(variant([HEAD, *["0" * MB] * 390, FOOT]))
        assert code == "too_complex"
        assert child < 400

    def test_a_bomb_whose_directory_lies(self, variant):
        path = variant([HEAD, *["0" * MB] * 450, FOOT])
        content = bytearray(path.read_bytes())
        size = (len(HEAD.encode()) + 450 * MB + len(FOOT)).to_bytes(4, "little")
        while (at := content.find(size)) >= 0:
            content[at : at + 4] = (5000).to_bytes(4, "little")
        wide = content.find(size[:4] + bytes(4))
        assert wide < 0
        path.write_bytes(content)
        code, _, child = measured(path)
        assert code in ("damaged", "too_complex")
        assert child < 900

    def test_thousands_of_files_within_one(self, variant):
        code, said, child = measured(variant(besides={f"xl/media/{number}": b"" for number in range(6000)}))
        assert code == "bomb"
        assert "6.0" in said
        assert child < 100

    def test_tags_without_an_end(self, variant):
        code, _, child = measured(variant([HEAD, *['<c r="A1" t="e" ' * 50_000] * 40, FOOT]))
        assert code in ("damaged", "too_complex")
        assert child < 400

    @pytest.mark.parametrize("columns", [1, 20, 16384])
    def test_rows_repeated_by_number(self, tmp_path, columns):
        cell = (
            f'<table:table-cell office:value-type="float" office:value="1" table:number-columns-repeated="{columns}"/>'
        )
        row = f'<table:table-row table:number-rows-repeated="1048576">{cell}</table:table-row>'
        code, said, child = measured(ods(tmp_path / "repeated.ods", row))
        assert code == "rows"
        assert "1.048.576" in said
        assert child < 50

    def test_a_far_cell_of_an_xls(self, tmp_path):
        with xlsxwriter.Workbook(tmp_path / "far.xlsx") as book:
            sheet = book.add_worksheet()
            sheet.write(0, 0, 1)
            sheet.write(65535, 255, 1)
        code, _, child = measured(convert_all([tmp_path / "far.xlsx"], "xls")[0])
        assert code == "too_complex"
        assert child < 800

    def test_more_cells_than_are_read(self, variant):
        row = "".join(f"<c><v>{column}</v></c>" for column in range(150))
        code, said, child = measured(variant([HEAD, *[f"<row>{row}</row>"] * 21_000, FOOT]))
        assert code == "cells"
        assert "3.000.000" in said
        assert child < 200


class TestRefused:
    def test_too_large_a_file_is_not_even_read(self):
        class Endless(io.RawIOBase):
            given = 0

            def seek(self, *_):
                return 0

            def read(self, size=-1):
                assert size > 0
                self.given += size
                return bytes(size)

        file = Endless()
        with pytest.raises(SheetError) as refusal:
            read(file, "to.xlsx")
        assert refusal.value.code == "too_big"
        assert "20 MB" in refusal.value.message
        assert file.given <= MAX_BYTES + MB

    @pytest.mark.parametrize(
        ("content", "code", "words"),
        [
            (b"", "empty", "0 byte"),
            (b"%PDF-1.7\n...", "not_spreadsheet", "tệp PDF"),
            (b"\xff\xd8\xff\xe0 JFIF", "not_spreadsheet", "ảnh JPEG"),
            (b"\x89PNG\r\n\x1a\n", "not_spreadsheet", "ảnh PNG"),
            (b"Rar!\x1a\x07", "not_spreadsheet", "RAR"),
            (b"{\\rtf1 abc}", "not_spreadsheet", "RTF"),
            (b"MZ\x90\x00\x03", "not_spreadsheet", "chương trình"),
            (bytes(range(256)) * 20, "not_spreadsheet", "không rõ"),
            (b"<html><table><tr><td>1</td></tr></table></html>", "html", "*.xlsx"),
            (b"\xef\xbb\xbf \r\n<!DOCTYPE html><html>", "html", "HTML"),
            (b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">', "html", "XML"),
            (b"MIME-Version: 1.0\r\nContent-Type: multipart/related", "html", "*.xlsx"),
            (b"PK\x03\x04" + bytes(5000), "damaged", "bị hỏng"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(5000), "not_spreadsheet", "Word"),
            (b"\n\n,,\n", "nothing", "không có dữ liệu"),
        ],
    )
    def test_other_files_by_any_name(self, content, code, words):
        for name in ("danh-sach.xls", "danh-sach.csv"):
            refusal = refusal_of(content, name)
            assert refusal.code == code
            assert words in refusal.message

    def test_a_document_in_the_same_kind_of_archive(self):
        for names in (["a.txt"], ["[Content_Types].xml", "word/document.xml"]):
            packed = io.BytesIO()
            with zipfile.ZipFile(packed, "w") as archive:
                for name in names:
                    archive.writestr(name, "x")
            assert refusal_of(packed.getvalue()).code == "not_spreadsheet"

    @pytest.mark.parametrize(
        "besides",
        [
            {"xl/vbaProject.bin": b"x"},
            {"xl/VBAPROJECT.BIN": b"x"},
            {"xl/macrosheets/sheet1.xml": b"x"},
            {"[Content_Types].xml": b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"},
        ],
    )
    def test_macros(self, variant, besides):
        refusal = refusal_of(variant(besides=besides).read_bytes())
        assert refusal.code == "macro"
        assert "macro" in refusal.message
        assert "*.xlsx" in refusal.message

    def test_binary_workbooks(self, variant):
        assert refusal_of(variant(besides={"xl/workbook.bin": b"x"}).read_bytes()).code == "binary_workbook"

    def test_a_lock_on_an_ods_and_macros_in_one(self, tmp_path):
        row = "<table:table-row/>"
        locked = ods(tmp_path / "a.ods", row, **{"META-INF__manifest.xml": "<manifest:encryption-data/>"})
        assert refusal_of(locked.read_bytes()).code == "password"
        assert refusal_of(ods(tmp_path / "b.ods", row, Basic__Standard="x").read_bytes()).code == "macro"

    def test_entities_are_not_read(self, variant, tmp_path):
        entity = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
        cell = '<row r="1"><c r="A1" t="inlineStr"><is><t>&b;</t></is></c></row>'
        assert refusal_of(variant([entity, HEAD.partition("?>")[2], cell, FOOT]).read_bytes()).code == "damaged"
        styles = f"{entity}<styleSheet><fonts><font><name val='&b;'/></font></fonts></styleSheet>"
        assert refusal_of(variant(besides={"xl/styles.xml": styles}).read_bytes()).code == "damaged"
        path = tmp_path / "entity.ods"
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
            archive.writestr("content.xml", f"{entity}<a>&b;</a>")
        assert refusal_of(path.read_bytes()).code == "damaged"

    def test_a_workbook_cut_off(self, plain, kinds):
        for path in (plain, kinds["xlsx"], kinds["ods"], kinds["xls"]):
            content = path.read_bytes()
            assert refusal_of(content[: len(content) // 2]).code in ("damaged", "not_spreadsheet")

    def test_a_workbook_of_hidden_or_empty_sheets(self, tmp_path):
        with xlsxwriter.Workbook(tmp_path / "hidden.xlsx") as book:
            book.add_worksheet("Trống")
            hidden = book.add_worksheet("Ẩn")
            hidden.write(0, 0, 1)
            hidden.hide()
        assert refusal_of((tmp_path / "hidden.xlsx").read_bytes()).code == "nothing"

    def test_a_sheet_too_long_is_named(self, tmp_path):
        with xlsxwriter.Workbook(tmp_path / "long.xlsx") as book:
            book.add_worksheet("Ngắn").write(0, 0, 1)
            book.add_worksheet("Dài").write(50_000, 0, 1)
        refusal = refusal_of((tmp_path / "long.xlsx").read_bytes())
        assert refusal.code == "rows"
        assert "Trang tính “Dài”" in refusal.message
        assert "50.001" in refusal.message


class TestCompoundFiles:
    """An XLS of LibreOffice, with the entry of its directory renamed to what Excel would have written."""

    def renamed(self, content, name):
        old = "\x05SummaryInformation\0".encode("utf-16-le")
        at = content.find(old)
        assert at % 128 == 0
        return content[:at] + f"{name}\0".encode("utf-16-le").ljust(64, b"\0") + content[at + 64 :]

    @pytest.mark.parametrize(
        ("name", "code"), [("_VBA_PROJECT_CUR", "macro"), ("_VBA_PROJECT", "macro"), ("EncryptedPackage", "password")]
    )
    def test_what_the_directory_names(self, kinds, name, code):
        assert refusal_of(self.renamed(kinds["xls"].read_bytes(), name), "cu.xls").code == code

    def test_a_cell_that_names_it_is_harmless(self, tmp_path):
        with xlsxwriter.Workbook(tmp_path / "name.xlsx") as book:
            sheet = book.add_worksheet()
            for line in range(130):
                sheet.write(line, 0, f"_VBA_PROJECT ế {'x' * line}")
        (path,) = convert_all([tmp_path / "name.xlsx"], "xls")
        with path.open("rb") as file:
            assert read(file, "name.xls").sheets[0].rows == 130

    def test_a_password_of_the_old_kind(self, kinds):
        content = bytearray(kinds["xls"].read_bytes())
        at = content.find(b"\x5c\x00\x70\x00")  # WRITEACCESS, near the beginning, becomes FILEPASS
        assert at > 0
        content[at] = 0x2F
        assert refusal_of(bytes(content), "khoa.xls").code == "password"


def test_the_child_knows_nothing_of_the_application():
    code = "import sys; import core.sheets.child; print([m for m in sys.modules if m.split('.')[0] in sys.argv[1:]])"
    run = subprocess.run(
        [sys.executable, "-c", code, "django", "qltb", "equipment", "psycopg"],
        capture_output=True, check=True, text=True, cwd=ROOT, env={"PATH": os.environ["PATH"]},
    )  # fmt: skip
    assert run.stdout.strip() == "[]"
