"""BC01 and BC02 as set reports: of one unit, and of many added up."""

import io

import openpyxl
import pytest

from reports.rules.surveys import Form, Item, SoftwareRow
from tests.reports.survey_support import opened, saved_network, saved_software
from tests.reports.test_sets import page, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.dieu("13.8")]
KEYS = ("bc01-1", "bc01-2", "bc02")


@pytest.fixture
def entered(world):
    """Two districts of Hà Nội, and Đà Nẵng."""
    for unit, by, good in (
        ("01.001", "nghiepvu_badinh", 3),
        ("01.002", "nghiepvu_hoankiem", 4),
        ("48", "nghiepvu_danang", 9),
    ):
        user = world.users[by]
        items = [Item("2.1", good=good, poor=1, note=f"Thay máy {unit}"), Item("3.3", "TST", good=1),
                 Item("3.5", answer=unit == "48", note="Đang soạn"), Item("3.6", f"Cán bộ {unit}")]  # fmt: skip
        network = opened(world, Form.NETWORK, unit=unit, by=by)
        saved_network(network, items, by=user, proposal=f"Đề nghị của {unit}")
        rows = [SoftwareRow("Cổng tra cứu", {"current_version": "2", "origin": "Tự xây dựng", "note": f"Ở {unit}"})]
        saved_software(opened(world, Form.OWN, unit=unit, by=by), rows, by=user)
    return world


def lines(response, table: int = 0) -> dict[str, list[str]]:
    rows = response.context["page"].tables[table].rows
    return {row.cells[1].text: [cell.text for cell in row.cells] for row in rows}


def test_one_unit_is_told_whole(entered, client_of):
    shown = page(client_of(entered.tracuu_badinh), "bc02", year="2025")
    assert lines(shown)["Máy chủ"][2:] == ["4", "3", "-", "1", "Thay máy 01.001"]
    assert lines(shown)["Quy chế sử dụng và khai thác tài nguyên trên mạng"][-1] == "Không. Đang soạn"
    assert lines(shown)["TST"][2] == "1"
    assert "Cán bộ 01.001" in lines(shown)
    assert "Đề nghị của 01.001" in text_of(shown)
    assert "Chưa hoàn thành kê khai: BHXH quận Ba Đình." in text_of(shown)
    software = page(client_of(entered.tracuu_badinh), "bc01-2", year="2025")
    assert "Tự xây dựng" in lines(software)["Cổng tra cứu"]


def test_many_are_added_up_and_their_words_listed(entered, client_of):
    client = client_of(entered.tracuu_hanoi)
    shown = page(client, "bc02", year="2025")
    assert lines(shown)["Máy chủ"][2:6] == ["9", "7", "-", "2"]
    assert lines(shown)["Quy chế sử dụng và khai thác tài nguyên trên mạng"][-1] == "Có: 0 đơn vị, không: 2 đơn vị"
    text = text_of(shown)
    for unit in ("01.001", "01.002"):
        assert f"Thay máy {unit}" in text
        assert f"Đề nghị của {unit}" in text
    assert "48" not in text.split("Mục")[0] or "Thay máy 48" not in text
    software = page(client, "bc01-2", year="2025")
    assert [cell.text for cell in software.context["page"].tables[0].rows[0].cells][3] == "2"
    assert "Ở 01.002" in text_of(software)


def test_the_country_is_the_sum_of_its_units(entered, client_of):
    shown = page(client_of(entered.ttcntt), "bc02", year="2025", unit="00")
    assert lines(shown)["Máy chủ"][2:6] == ["19", "16", "-", "3"]
    alone = page(client_of(entered.ttcntt), "bc02", year="2025", unit="01", below="0")
    assert lines(alone)["Máy chủ"][2] in {"", "-"}


@pytest.mark.parametrize("key", KEYS)
def test_another_year_is_empty_and_another_unit_unseen(entered, client_of, key):
    client = client_of(entered.tracuu_badinh)
    assert "Thay máy" not in text_of(page(client, key, year="2024"))
    assert page(client, key, year="1999").status_code == 422
    assert page(client, key, year="2025", unit="01.002").status_code == 404


@pytest.mark.parametrize("key", KEYS)
def test_files_have_what_the_page_has(entered, client_of, key):
    client = client_of(entered.tracuu_hanoi)
    book = page(client, key, year="2025", **{"in": "xlsx"})
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(book.streaming_content)))
    told = {str(cell.value) for one in sheet for row in one.iter_rows() for cell in row}
    if key == "bc02":
        assert "Thay máy 01.002" in told
    paper = page(client, key, year="2025", **{"in": "pdf"})
    assert b"".join(paper.streaming_content).startswith(b"%PDF")
