"""The pages of the set reports: figures, levels, files, addresses behind figures."""

import io
import re
from datetime import timedelta
from html import unescape

import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone

from reports.definition import reports
from tests.disposals import support as disposals
from tests.equipment.support import taken_in, vn
from tests.transfers import support as transfers

pytestmark = [pytest.mark.django_db, pytest.mark.dieu("13.8")]
OWN = ("tang-giam", "tang-giam-tai-san", "hien-trang-su-dung", "tinh-trang", "tuoi-doi", "dinh-muc", "hao-mon")
LEVELS = ("category", "unit", "both")


@pytest.fixture
def books(world):
    """Ba Đình has lost one, disposed of one, handed one over, and uses the rest; Hoàn Kiếm has some."""
    by = world.nghiepvu_badinh
    devices = disposals.in_books(world, by, 6, unit_price=20_000_000)
    disposals.use(devices[:2], by)
    disposals.closed(devices[2:3], by)
    disposals.lost(devices[3:4], by, happened_on=timezone.localdate() - timedelta(days=5))
    moved = transfers.handed_over(world, devices[4:5], by="nghiepvu_badinh", to="01.002")
    transfers.receive(world, moved, by="nghiepvu_hoankiem")
    taken_in(world, world.nghiepvu_hoankiem, ["H1", "H2"])
    return world


def page(client, key, **asked):
    return client.get(reverse("reports:report", args=[key]), asked)


def text_of(response) -> str:
    return unescape(response.content.decode())


@pytest.mark.parametrize("key", OWN)
def test_every_report_opens_on_every_level(books, client_of, key):
    for level in ("unit", "whose") if key == "dinh-muc" else LEVELS:
        response = page(client_of(books.tracuu_hanoi), key, level=level)
        assert response.status_code == 200
        assert "Không có gì để báo cáo" not in text_of(response) or key == "dinh-muc"


def links_of(response) -> list[tuple[str, str]]:
    """Each figure with its address."""
    found = re.findall(r'<a href="([^"]+)" aria-label="[^"]+">([\d.,−-]+)</a>', response.content.decode())
    return [(unescape(url), text) for url, text in found]


def listed(client, url: str) -> tuple[int, str]:
    response = client.get(url)
    assert response.status_code == 200, url
    count = re.search(r'id="list-count"[^>]*>([\d.]+) ', response.content.decode())
    return int(count.group(1).replace(".", "")), text_of(response)


@pytest.mark.parametrize(("who", "ago"), [("ttcntt", 0), ("tracuu_hanoi", 3), ("tracuu_badinh", 0)])
@pytest.mark.parametrize("key", [key for key in OWN if key not in {"dinh-muc", "hao-mon"}])
def test_each_number_leads_to_exactly_that_many_rows(books, client_of, who, key, ago):
    client, day = client_of(books.users[who]), timezone.localdate() - timedelta(days=ago)
    walked = 0
    for level in ("category", "unit"):
        days = {"first": vn(day - timedelta(days=500)), "last": vn(day)} if key.startswith("tang") else {"day": vn(day)}
        shown = page(client, key, level=level, **days)
        for url, text in set(links_of(shown)):
            number = int(text.replace(".", ""))
            if number < 1000:  # values lead to the same rows as their numbers
                assert listed(client, url)[0] == number, (level, url, text)
                walked += 1
    assert walked > 3


def test_the_workbook_has_the_figures_of_the_page_and_no_formula(books, client_of):
    client = client_of(books.tracuu_hanoi)
    books.desktop.name = "=cmd|' /C calc'!A0"
    books.desktop.save()
    first = timezone.localdate() - timedelta(days=300)
    response = page(client, "tang-giam", **{"in": "xlsx", "first": vn(first)})
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(response.streaming_content))).active
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert not any(cell.data_type == "f" for cell in cells)
    assert "=cmd|' /C calc'!A0" in {cell.value for cell in cells}
    total = next(row for row in sheet.iter_rows(values_only=True) if row[1] == "Tổng cộng")
    assert total[3:5] == (6, 120_000_000)
    assert any(str(one) == "G14:I14" or one.size["columns"] > 1 for one in sheet.merged_cells.ranges)


def test_the_paper_is_a_pdf(books, client_of):
    response = page(client_of(books.tracuu_badinh), "tinh-trang", **{"in": "pdf"})
    assert b"".join(response.streaming_content).startswith(b"%PDF")


def test_what_is_not_understood_is_said(books, client_of):
    client = client_of(books.tracuu_badinh)
    ahead = page(client, "tinh-trang", day=vn(timezone.localdate() + timedelta(days=1)))
    assert ahead.status_code == 422
    assert "Ngày này chưa đến" in text_of(ahead)
    turned = page(client, "tang-giam", first="01/02/2026", last="01/01/2026")
    assert "Ngày cuối phải sau ngày đầu" in text_of(turned)
    assert page(client, "khong-co").status_code == 404


def test_units_out_of_sight_are_not_there(books, client_of):
    client = client_of(books.tracuu_badinh)
    for key in OWN:
        for unit in ("01", "01.002", "48", "00", "khong-co"):
            assert page(client, key, unit=unit).status_code == 404
            assert client.post(reverse("reports:start", args=[key]), {"unit": unit}).status_code == 404


def test_the_list_names_every_report(books, client_of):
    shown = text_of(client_of(books.tracuu_badinh).get(reverse("reports:list")))
    assert {report.key for report in reports()} >= set(OWN)
    for report in reports():
        assert reverse("reports:report", args=[report.key]) in shown


def test_figures_are_those_of_the_unit_alone_or_with_those_below(books, client_of):
    client = client_of(books.tracuu_hanoi)
    shown = {below: page(client, "hien-trang-su-dung", unit="01", below=below) for below in "10"}
    assert "Không có gì để báo cáo" in text_of(shown["0"])
    assert "6" in [text for _, text in links_of(shown["1"])]
