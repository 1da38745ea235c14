"""What the events of surveys are called on the screen."""

from dossiers.titles import Title

TITLES: dict[str, Title | str] = {
    "survey.opened": "Lập phiếu khảo sát",
    "survey.saved": "Lưu phiếu",
    "survey.finished": Title("Hoàn thành kê khai", "ok"),
    "survey.reopened": Title("Sửa lại sau khi đã hoàn thành", "warn"),
    "survey.copied": "Chép từ năm trước",
    "survey.document_added": "Thêm tài liệu",
    "survey.document_removed": "Gỡ tài liệu",
}
