"""One workbook of every kind of cell, in the three formats of spreadsheet programs."""

import datetime as dt

import pytest
import xlsxwriter

from tests.sheets.office import convert_all


@pytest.fixture(scope="session")
def kinds(tmp_path_factory):
    """The paths of the same workbook by format; XLS and ODS are LibreOffice's."""
    path = tmp_path_factory.mktemp("sheets") / "kinds.xlsx"
    with xlsxwriter.Workbook(path) as book:
        day, moment, clock, long, bold = (
            book.add_format({"num_format": form}) if form else book.add_format({"bold": True, "bg_color": "#ffff00"})
            for form in ("dd/mm/yyyy", "dd/mm/yyyy hh:mm", "hh:mm", "[h]:mm", "")
        )
        sheet = book.add_worksheet("Thiết bị")
        sheet.merge_range(2, 0, 2, 3, "DANH SÁCH THIẾT BỊ", bold)
        sheet.write_row(4, 0, ["Tên", "Số", "Lẻ", "Ngày", "Lúc", "Giờ", "Dài", "Lỗi", "Có"])
        sheet.write_string(5, 0, "  M¸y tÝnh  n\u00adíc ")
        sheet.write_number(5, 1, 12)
        sheet.write_number(5, 2, 12.5)
        sheet.write_datetime(5, 3, dt.datetime(2024, 2, 29), day)  # noqa: DTZ001 - cells have no time zone
        sheet.write_datetime(5, 4, dt.datetime(2024, 2, 29, 9, 30, 20), moment)  # noqa: DTZ001 - the same
        sheet.write_number(5, 5, 0.3125, clock)
        sheet.write_number(5, 6, 1.5, long)
        sheet.write_formula(5, 7, "=1/0", None, "#DIV/0!")
        sheet.write_boolean(5, 8, boolean=True)
        sheet.write_string(7, 0, "dòng một\ndòng hai")
        sheet.write_string(7, 1, "0012")
        sheet.write_number(7, 2, 14_890_000)
        sheet.write_formula(7, 3, "=B6*2", None, 24)
        sheet.merge_range(8, 1, 9, 2, "gộp")
        for line in range(20, 60):
            sheet.write_blank(line, 15, None, bold)
        hidden = book.add_worksheet("Ẩn")
        hidden.write(0, 0, "không ai thấy")
        hidden.hide()
        book.add_worksheet("Trống")
        book.add_worksheet("Hai").write(0, 0, "x")
    return {"xlsx": path, "xls": convert_all([path], "xls")[0], "ods": convert_all([path], "ods")[0]}
