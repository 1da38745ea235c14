"""What the events of repairs are called on the screen."""

from dossiers.titles import Title

TITLES: dict[str, Title | str] = {
    "repair.drafted": "Lập hồ sơ sửa chữa",
    "repair.sent": Title("Gửi sửa chữa", "warn"),
    "repair.results": "Ghi kết quả",
    "repair.finished": Title("Hoàn thành, nhận lại thiết bị", "ok"),
    "repair.cancelled": Title("Hủy hồ sơ", "bad"),
    "repair.restored": "Khôi phục hồ sơ",
    "repair.document_added": "Thêm tài liệu",
    "repair.document_removed": "Gỡ tài liệu",
    "repair.form_issued": "Phát hành biên bản C54-HD",
    "equipment.repair_drafted": "Đưa vào hồ sơ sửa chữa",
    "equipment.repair_left": "Bỏ khỏi hồ sơ sửa chữa",
    "equipment.repair_sent": Title("Gửi sửa chữa", "warn"),
    "equipment.repair_cancelled": "Hủy hồ sơ sửa chữa",
    "equipment.repair_not_done": "Nhận lại, không thực hiện",
    "equipment.repaired": Title("Sửa chữa, bảo trì xong", "ok"),
    "equipment.replaced": Title("Đổi máy mới theo bảo hành", "ok"),
    "equipment.upgraded": Title("Nâng cấp, thay đổi nguyên giá", "ok"),
    "equipment.beyond_repair": Title("Không sửa được, chờ thanh lý", "bad"),
}
