"""Columns of the yearly report's tables: what changed, what it is worth, how it stands.

The form of art. 13.8 isn't published; the columns are those of `reports.rules.annual`.
"""

from collections.abc import Mapping

from reports.definition import Col, Value
from reports.rules.annual import DECREASES, INCREASES, AnnualLine

UP = {"bought": "Mua mới", "received": "Nhận điều chuyển", "found": "Kiểm kê thừa", "other_in": "Khác"}
DOWN = {
    "moved": "Điều chuyển đi",
    "liquidated": "Thanh lý",
    "destroyed": "Hủy",
    "lost": "Mất",
    "other_out": "Khác",
}
ROW = (Col("mark", "STT", "code", mark="A"), Col("name", "Loại thiết bị", mark="B"))
MEASURE = Col("measure", "ĐVT", "code", mark="C")


def moves(what: str, kind: str) -> list[Col]:
    """Opening, increases, decreases, closing: of the "quantity" or the "value"."""
    return [
        Col(f"opening_{what}", "Đầu kỳ 01/01", kind, mark="1"),
        Col(f"up_{what}", "Cộng", kind, "Tăng trong năm", mark="2=3+…+6"),
        *(
            Col(f"{name}_{what}", label, kind, "Tăng trong năm", mark=str(at))
            for at, (name, label) in enumerate(UP.items(), start=3)
        ),
        Col(f"down_{what}", "Cộng", kind, "Giảm trong năm", mark="7=8+…+12"),
        *(
            Col(f"{name}_{what}", label, kind, "Giảm trong năm", mark=str(at))
            for at, (name, label) in enumerate(DOWN.items(), start=8)
        ),
        Col(f"closing_{what}", "Cuối kỳ 31/12", kind, mark="13=1+2-7"),
    ]


STANDING = (
    Col("opening_residual", "Đầu kỳ 01/01", "money", "Giá trị còn lại (đồng)", mark="14"),
    Col("closing_residual", "Cuối kỳ 31/12", "money", "Giá trị còn lại (đồng)", mark="15=13-16"),
    Col("closing_wear", "Hao mòn lũy kế (đồng)", "money", mark="16"),
    Col("good", "Tốt", "number", "Tình trạng", mark="17"),
    Col("fair", "Trung bình", "number", "Tình trạng", mark="18"),
    Col("poor", "Kém", "number", "Tình trạng", mark="19"),
    Col("norm_allowed", "Được trang bị", "number", "Định mức", mark="20"),
    Col("norm_actual", "Thực có", "number", "Định mức", mark="21"),
    Col("norm_difference", "Thừa (+) thiếu (-)", "number", "Định mức", mark="22=21-20"),
    Col("past_life", "Quá hạn sử dụng còn dùng", "number", mark="23"),
    Col("in_repair", "Đang sửa chữa", "number", mark="24"),
)
NOTE = Col("note", "Ghi chú", mark="25")
UNIT = (Col("mark", "STT", "code", mark="A"), Col("name", "Đơn vị", mark="B"))
BY_UNIT = (
    Col("opening_quantity", "Đầu kỳ", "number", "Số lượng", mark="1"),
    Col("up_quantity", "Tăng", "number", "Số lượng", mark="2"),
    Col("down_quantity", "Giảm", "number", "Số lượng", mark="3"),
    Col("closing_quantity", "Cuối kỳ", "number", "Số lượng", mark="4=1+2-3"),
    Col("closing_value", "Nguyên giá", "money", "Giá trị cuối kỳ (đồng)", mark="5"),
    Col("closing_residual", "Còn lại", "money", "Giá trị cuối kỳ (đồng)", mark="6"),
    Col("good", "Tốt", "number", "Tình trạng", mark="7"),
    Col("fair", "Trung bình", "number", "Tình trạng", mark="8"),
    Col("poor", "Kém", "number", "Tình trạng", mark="9"),
    Col("norm_difference", "Thừa (+) thiếu (-) định mức", "number", mark="10"),
    Col("past_life", "Quá hạn sử dụng còn dùng", "number", mark="11"),
    Col("sha", "Mã số liệu", "code", mark="C"),
)


def values_of(line: AnnualLine) -> Mapping[str, Value]:
    """What stands in the columns for a line, with the sums of increases and decreases."""
    found: dict[str, Value] = {name: getattr(line, name) for name in AnnualLine.__slots__}
    for what in ("quantity", "value"):
        found[f"up_{what}"] = sum(getattr(line, f"{name}_{what}") for name in INCREASES)
        found[f"down_{what}"] = sum(getattr(line, f"{name}_{what}") for name in DECREASES)
    return found
