"""Cells and orderings."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
import time_machine
from django.utils.html import format_html

from tests.ui.support import App, TypeTable
from ui.cells import cell_writer, deadline_html, export_value
from ui.tables import Column, Table

HOSTILE = "<script>alert(1)</script>\"'&"
ESCAPED = "&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#x27;&amp;"
AT_EIGHT = datetime(2026, 1, 5, 8)  # noqa: DTZ001 - spreadsheets know no zones
KINDS = ("text", "code", "choice", "status")


@pytest.mark.parametrize("kind", KINDS)
def test_hostile_text_is_escaped_in_every_kind(kind):
    cell = cell_writer(Column("x", "X", kind=kind))({"x": HOSTILE})
    assert "<script" not in cell
    assert ESCAPED in cell


def test_hostile_labels_and_tones_are_escaped():
    column = Column("x", "X", kind="status", choices={"a": HOSTILE}, tones={"a": '"><script>'})
    assert "<script" not in cell_writer(column)({"x": "a"})
    assert "<script" not in str(TypeTable.body([{"pk": 1, "model": HOSTILE, "x": "a"}], [column])[0].cells)


def test_a_column_heading_is_escaped_in_the_cell():
    row = {"pk": 1, "model": "a", "x": "b"}
    assert "<script" not in str(TypeTable.body([row], [Column("x", HOSTILE)])[0].cells)


def test_what_render_gives_is_escaped_unless_it_is_safe():
    row = {"x": HOSTILE}
    assert cell_writer(Column("x", "X", render=lambda r: r["x"]))(row) == ESCAPED
    assert cell_writer(Column("x", "X", render=lambda r: format_html("<b>{}</b>", r["x"])))(row) == f"<b>{ESCAPED}</b>"


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "//evil.example", "/\\evil.example", "https://evil.example", ""]
)
def test_a_link_never_leaves_the_application(url):
    assert cell_writer(Column("x", "X", link=lambda _: url))({"x": "chữ"}) == "chữ"


def test_a_link_is_escaped():
    cell = cell_writer(Column("x", "X", link=lambda _: '/a?b="><script>'))({"x": HOSTILE})
    assert "<script" not in cell
    assert cell.startswith('<a href="/a?b=&quot;&gt;')


@pytest.mark.parametrize(
    ("kind", "value", "text"),
    [
        ("money", Decimal(14890000), "14.890.000 đ"),
        ("number", 1234, "1.234"),
        ("date", date(2026, 1, 5), "05/01/2026"),
        ("datetime", datetime(2026, 1, 5, 1, 2, tzinfo=UTC), "05/01/2026 08:02"),
        ("bool", True, "Có"),
        ("bool", False, "Không"),
        ("choice", "kit_one", "Ứng dụng một"),
        ("choice", "gone", "gone"),
        ("text", None, '<span class="muted">—</span>'),
        ("money", None, '<span class="muted">—</span>'),
        ("number", 0, "0"),
    ],
)
def test_each_kind_is_written_its_way(kind, value, text):
    assert cell_writer(Column("x", "X", kind=kind, choices=App))({"x": value}) == text


@pytest.mark.parametrize(
    ("day", "says", "tone"),
    [(24, "quá hạn 1 ngày", "clock--late"), (25, "hết hạn hôm nay", "clock--soon"), (27, "còn 2 ngày", 'clock"')],
)
@time_machine.travel("2026-11-25 08:00+07:00")
def test_a_deadline_says_how_far_it_is(day, says, tone):
    html = deadline_html(date(2026, 11, day))
    assert says in html
    assert tone in html


@pytest.mark.parametrize(
    ("column", "value", "exported"),
    [
        (Column("x", "X", kind="money"), Decimal(5), Decimal(5)),
        (Column("x", "X", kind="date"), date(2026, 1, 5), date(2026, 1, 5)),
        (Column("x", "X", kind="datetime"), datetime(2026, 1, 5, 1, tzinfo=UTC), AT_EIGHT),
        (Column("x", "X", kind="status", choices=App), "kit_one", "Ứng dụng một"),
        (Column("x", "X", kind="bool"), True, "Có"),
        (Column("x", "X", kind="text"), 12, "12"),
        (Column("x", "X"), "", None),
        (Column("x", "X", key="", render=lambda _: "a"), "b", None),
        (Column("x", "X", key="", export_value=lambda row: row["x"] * 2), "b", "bb"),
    ],
)
def test_files_get_typed_values(column, value, exported):
    assert export_value(column, {"x": value}) == exported


def test_ordering_is_total_and_follows_the_direction():
    assert TypeTable.ordering("") == ("model", "pk")
    assert TypeTable.ordering("app") == ("app_label", "pk")
    assert TypeTable.ordering("-app") == ("-app_label", "-pk")
    assert (
        TypeTable.ordering("nothing") == TypeTable.ordering("--app") == TypeTable.ordering("label") == ("model", "pk")
    )


def test_a_column_may_sort_by_several_paths():
    class Many(Table):
        columns = (Column("a", "A", sort=("-x", "y")),)
        order = ("-id",)

    assert Many.ordering("a") == ("-x", "y", "pk")
    assert Many.ordering("-a") == ("x", "-y", "-pk")
    assert Many.ordering("") == ("-id",)


def test_picking_keeps_the_order_of_the_names_and_passes_over_the_unknown():
    assert [c.name for c in TypeTable.pick(["number", "model", "password", "number"])] == ["number", "model"]
    assert "hidden" not in {c.name for c in TypeTable.pick(None)}
    assert TypeTable.pick(["password"]) == TypeTable.pick(None)


def test_a_wrong_declaration_is_refused_at_once():
    with pytest.raises(TypeError, match="one name"):
        type("Twice", (Table,), {"columns": (Column("a", "A"), Column("a", "B"))})
    with pytest.raises(TypeError, match="card_title"):
        type("Missing", (Table,), {"columns": (Column("a", "A"),), "card_title": "b"})


def test_the_title_column_is_the_head_of_its_row():
    cells = str(TypeTable.body([{"pk": 1, "model": "m"}], [TypeTable.title_column()])[0].cells)
    assert cells.startswith('<th scope="row" class="main code" data-label="Mã loại">')
