"""What the events of this app are called on the screen; each step's module adds its own."""

from dossiers.titles import Title

TITLES: dict[str, Title | str] = {
    "annual.drafted": "Lập báo cáo năm",
    "annual.recounted": "Tính lại số liệu",
    "annual.described": "Cập nhật ghi chú, đánh giá",
    "annual.consolidated": "Tổng hợp lại số liệu",
    "annual.outdated": Title("Số liệu cấp dưới thay đổi, cần tổng hợp lại", "warn"),
    "annual.issued": "Ban hành, trình ký",
    "annual.issue_withdrawn": Title("Hủy bản in", "warn"),
    "annual.signed": Title("Đã ký đủ chữ ký số", "ok"),
    "annual.sent": "Gửi cấp trên",
    "annual.accepted": Title("Cấp trên tiếp nhận", "ok"),
    "annual.returned": Title("Cấp trên trả lại", "bad"),
    "annual.compared": Title("Đối chiếu tệp nhận được", "ok"),
    "annual.document_added": "Thêm tài liệu",
    "annual.document_removed": "Gỡ tài liệu",
}
