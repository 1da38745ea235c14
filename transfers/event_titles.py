"""What the events of this app are called on the screen."""

from dossiers.titles import Title

TITLES: dict[str, Title | str] = {
    "transfer.drafted": "Lập hồ sơ điều chuyển",
    "transfer.prepared": "Ghi việc xóa dữ liệu, phần mềm",
    "transfer.decided": "Có quyết định điều chuyển",
    "transfer.handed_over": "Bên giao đã bàn giao",
    "transfer.received": Title("Bên nhận đã nhận đủ", "ok"),
    "transfer.difference": Title("Bên nhận ghi chênh lệch", "warn"),
    "transfer.settled": "Bên giao xử lý chênh lệch",
    "transfer.closed": Title("Kết thúc hồ sơ", "ok"),
    "transfer.cancelled": Title("Hủy hồ sơ", "bad"),
    "transfer.restored": "Khôi phục hồ sơ",
    "transfer.document_added": "Thêm tài liệu",
    "transfer.document_removed": "Gỡ tài liệu",
    "transfer.form_issued": "Phát hành biên bản 01/TSC-BBGN",
    "transfer.device_handed_over": Title("Bàn giao để điều chuyển", "warn"),
    "transfer.device_gone": "Đã điều chuyển sang đơn vị khác",
    "transfer.device_received": Title("Nhận điều chuyển", "ok"),
    "transfer.device_returned": "Nhận lại sau điều chuyển",
    "transfer.device_lost": Title("Mất trên đường điều chuyển", "bad"),
}
STEPS = frozenset(
    {
        "Có quyết định điều chuyển",
        "Bàn giao thiết bị",
        "Xử lý chênh lệch",
        "Khôi phục hồ sơ",
        "Ghi việc xóa dữ liệu, phần mềm",
        "Đã nhận đủ",
        "Có chênh lệch",
        "Đã nhận một phần",
        "Không nhận",
    }
)
"""Reasons of rows of history that an event of the same step tells in words."""
