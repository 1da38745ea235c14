"""What the events of this app are called on the screen."""

from dossiers.titles import Title

TITLES: dict[str, Title | str] = {
    "disposal.drafted": "Lập hồ sơ thanh lý, hủy",
    "disposal.submitted": Title("Hội đồng đã họp, trình quyết định", "ok"),
    "disposal.decided": Title("Có quyết định thanh lý, hủy", "ok"),
    "disposal.closed": Title("Kết thúc vòng đời thiết bị", "ok"),
    "disposal.cancelled": Title("Hủy hồ sơ", "bad"),
    "disposal.restored": "Khôi phục hồ sơ",
    "disposal.line_described": "Ghi cho từng thiết bị",
    "disposal.document_added": "Thêm tài liệu",
    "disposal.document_removed": "Gỡ tài liệu",
    "disposal.form_issued": "Phát hành biên bản C51-HD",
    "loss.drafted": "Lập hồ sơ mất, tìm thấy",
    "loss.confirmed": Title("Ghi sổ mất, tìm thấy", "ok"),
    "loss.cancelled": Title("Hủy hồ sơ", "bad"),
    "loss.restored": "Khôi phục hồ sơ",
    "loss.document_added": "Thêm tài liệu",
    "loss.document_removed": "Gỡ tài liệu",
    "equipment.disposal_drafted": "Đưa vào hồ sơ thanh lý, hủy",
    "equipment.disposal_dropped": "Bỏ khỏi hồ sơ thanh lý, hủy",
    "equipment.disposal_submitted": Title("Chờ thanh lý, hủy", "warn"),
    "equipment.disposal_decided": "Có quyết định thanh lý, hủy",
    "equipment.disposal_cancelled": "Hủy hồ sơ thanh lý, hủy",
    "equipment.disposed": Title("Thanh lý, hủy: kết thúc vòng đời", "bad"),
    "equipment.loss_drafted": "Lập hồ sơ mất, tìm thấy",
    "equipment.loss_dropped": "Bỏ khỏi hồ sơ mất, tìm thấy",
    "equipment.lost": Title("Mất, hủy hoại", "bad"),
    "equipment.found": Title("Tìm thấy", "ok"),
}
# The history row of the same step says more than these events do.
TOLD_BY_HISTORY = frozenset({"disposal.cancelled", "disposal.restored", "loss.cancelled", "loss.restored"})
