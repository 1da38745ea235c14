"""What the events of closing and opening books are called on the screen."""

from dossiers.titles import Title

TITLES: dict[str, Title | str] = {
    "annual.locked": Title("Khóa số liệu", "ok"),
    "annual.unlocked": Title("Mở khóa số liệu", "warn"),
    "annual.unlock_asked": "Đề nghị mở khóa số liệu",
    "annual.unlock_refused": Title("Không đồng ý mở khóa", "bad"),
    "annual.unlock_withdrawn": "Rút đề nghị mở khóa",
    "unlock.asked": "Gửi đề nghị mở khóa",
    "unlock.granted": Title("Đã mở khóa", "ok"),
    "unlock.refused": Title("Không đồng ý mở khóa", "bad"),
    "unlock.withdrawn": "Rút đề nghị",
    "unlock.document_added": "Thêm tài liệu",
    "unlock.document_removed": "Gỡ tài liệu",
}
