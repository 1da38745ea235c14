"""What can be wrong with a row, so that its owner finds the cell and knows what to do."""

from dataclasses import dataclass
from enum import StrEnum


class FaultKind(StrEnum):
    """Faults of one kind are counted together and mended together."""

    REQUIRED = "required"
    UNKNOWN = "unknown"
    CLOSED = "closed"
    CHOICE = "choice"
    REPEATED = "repeated"
    TAKEN = "taken"
    DATE = "date"
    FUTURE = "future"
    MONEY = "money"
    NUMBER = "number"
    LENGTH = "length"
    FORMULA = "formula"
    SPOILT = "spoilt"
    FONT = "font"
    QUANTITY = "quantity"
    UNIT = "unit"
    ATTRIBUTE = "attribute"
    MERGED = "merged"
    DOSSIER = "dossier"
    STALE = "stale"
    LOCKED = "locked"


LABELS = {
    FaultKind.REQUIRED: "Thiếu dữ liệu bắt buộc",
    FaultKind.UNKNOWN: "Không có trong danh mục hoặc trong sổ",
    FaultKind.CLOSED: "Loại, mẫu đã ngừng dùng",
    FaultKind.CHOICE: "Không thuộc các lựa chọn",
    FaultKind.REPEATED: "Lặp lại trong tệp",
    FaultKind.TAKEN: "Thiết bị đã có trong sổ",
    FaultKind.DATE: "Ngày không đọc được",
    FaultKind.FUTURE: "Ngày ở tương lai",
    FaultKind.MONEY: "Số tiền không đọc được",
    FaultKind.NUMBER: "Số không hợp lệ",
    FaultKind.LENGTH: "Dài quá",
    FaultKind.FORMULA: "Công thức bị lỗi",
    FaultKind.SPOILT: "Bảng tính đã làm hỏng giá trị",
    FaultKind.FONT: "Chữ không đọc được",
    FaultKind.QUANTITY: "Số lượng khác 1",
    FaultKind.UNIT: "Của đơn vị khác",
    FaultKind.ATTRIBUTE: "Thuộc tính không hợp lệ",
    FaultKind.MERGED: "Ô gộp",
    FaultKind.DOSSIER: "Phải thay đổi bằng hồ sơ",
    FaultKind.STALE: "Vừa được người khác sửa",
    FaultKind.LOCKED: "Ngày thuộc số liệu đã khóa",
}


class RefusedError(Exception):
    """A cell can't be taken as it is. The reason is Vietnamese and says what to do."""

    def __init__(self, kind: FaultKind, reason: str) -> None:
        super().__init__(reason)
        self.kind, self.reason = kind, reason


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in one cell; `column` is its index, -1 where the list has no such column."""

    column: int
    kind: FaultKind
    reason: str
