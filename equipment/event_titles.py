"""What the events of this app are called on the screen."""

from dossiers.titles import Title

TITLES: dict[str, Title | str] = {
    "intake.drafted": "Lập hồ sơ tiếp nhận",
    "intake.confirmed": Title("Tiếp nhận thiết bị", "ok"),
    "intake.cancelled": Title("Hủy hồ sơ", "bad"),
    "intake.restored": "Khôi phục hồ sơ",
    "intake.corrected": "Đính chính hồ sơ",
    "intake.document_added": "Thêm tài liệu",
    "intake.document_removed": "Gỡ tài liệu",
    "intake.form_issued": "Phát hành biên bản C50-HD",
    "equipment.described": "Sửa thông tin thiết bị",
    "equipment.handed_over": Title("Bàn giao sử dụng", "ok"),
    "equipment.returned": "Thu hồi về kho",
    "assignment.handed_over": Title("Bàn giao thiết bị", "ok"),
    "assignment.returned": "Thu hồi thiết bị",
    "assignment.document_added": "Thêm tài liệu",
    "assignment.document_removed": "Gỡ tài liệu",
    "assignment.form_issued": "Phát hành biên bản",
    "licence.stated": "Ghi thông tin bản quyền",
    "licence.installed": "Cài đặt phần mềm",
    "licence.removed": "Gỡ phần mềm",
    "import.uploaded": "Tải tệp lên",
    "import.read": "Đọc xong tệp",
    "import.matched": "Ghép cột",
    "import.checked": "Kiểm tra xong các dòng",
    "import.finished": "Nhập vào sổ",
    "import.failed": "Không đọc được tệp",
    "import.cancelled": "Hủy đợt nhập",
}
# The history row of the same step says more than these events do.
TOLD_BY_HISTORY = frozenset(
    {
        "equipment.described",
        "equipment.imported",
        "equipment.updated",
        "intake.corrected",
        "intake.cancelled",
        "intake.restored",
    }
)
