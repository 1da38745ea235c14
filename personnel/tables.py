"""Columns of the lists of people and of the runs of the feed."""

from dataclasses import replace
from typing import ClassVar

from django.urls import reverse

from personnel.rules import EmployeeState, RunState, Source
from ui.cells import Row
from ui.tables import Column, Table

EMPLOYEE_TONES = {
    EmployeeState.WORKING: "ok",
    EmployeeState.MOVED: "info",
    EmployeeState.RETIRED: "muted",
    EmployeeState.LEFT: "muted",
}
RUN_TONES = {RunState.OK: "ok", RunState.UNCHANGED: "muted", RunState.PARTLY: "warn", RunState.FAILED: "bad"}


def _employee(row: Row) -> str:
    return reverse("personnel:detail", args=[row["code"]])


class EmployeeTable(Table):
    caption = "Cán bộ"
    card_title = "full_name"
    row_id = "code"
    order = ("full_name", "pk")
    columns: ClassVar[tuple[Column, ...]] = (
        Column("full_name", "Họ và tên", sort="full_name", link=_employee, also=("code",)),
        Column("code", "Mã cán bộ", kind="code", sort="code", link=_employee),
        Column("title", "Chức danh", key="title__name", sort="title__position"),
        Column("room", "Phòng, tổ", key="room__name", sort="room__name"),
        Column("unit", "Đơn vị", key="unit__name", sort="unit__path"),
        Column("state", "Trạng thái", kind="status", choices=EmployeeState, tones=EMPLOYEE_TONES, sort="state"),
        Column("state_since", "Từ ngày", kind="date", sort="state_since", shown=False),
        Column("email", "Thư điện tử", sort="email", shown=False),
        Column("account", "Tài khoản", key="account__username", shown=False),
        Column("source", "Nguồn dữ liệu", kind="choice", choices=Source, shown=False),
    )


class OwnEmployeeTable(EmployeeTable):
    """For whoever sees one unit only."""

    columns = tuple(replace(column, shown=column.shown and column.name != "unit") for column in EmployeeTable.columns)


class RunTable(Table):
    caption = "Các lần đồng bộ cán bộ"
    card_title = "moment"
    order = ("-pk",)
    columns: ClassVar[tuple[Column, ...]] = (
        Column(
            "moment",
            "Lúc",
            kind="datetime",
            sort="moment",
            link=lambda row: reverse("personnel:run", args=[row["pk"]]),
            also=("pk",),
        ),
        Column("state", "Kết quả", kind="status", choices=RunState, tones=RUN_TONES, sort="state"),
        Column("total", "Số bản ghi", kind="number"),
        Column("created", "Thêm mới", kind="number"),
        Column("changed", "Thay đổi", kind="number"),
        Column("faulty", "Bản ghi lỗi", kind="number", sort="faulty"),
        Column("problem", "Vướng mắc"),
        Column("source", "Nguồn", shown=False),
    )


class FaultTable(Table):
    caption = "Bản ghi lỗi"
    card_title = "code"
    order = ("line", "pk")
    columns: ClassVar[tuple[Column, ...]] = (
        Column("line", "Dòng", kind="number"),
        Column("code", "Mã cán bộ", kind="code"),
        Column("message", "Lỗi"),
    )
