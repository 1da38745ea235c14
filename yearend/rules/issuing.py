"""What stands on a yearly report that is issued (NĐ 30/2020/NĐ-CP, annex I). Pure: no database, no clock."""

import re
from collections.abc import Sequence
from datetime import date

from core.errors import DomainError
from ui.formats import vndate

_NUMBER = re.compile(r"(?P<number>[0-9]{1,5})(?:/(?P<sign>[A-ZĐ0-9]+(?:[-.][A-ZĐ0-9]+)*))?\Z")
_POSTS = {
    "Văn phòng": "CHÁNH VĂN PHÒNG",
    "Vụ": "VỤ TRƯỞNG",
    "Ban": "TRƯỞNG BAN",
    "Thanh tra": "CHÁNH THANH TRA",
    "Viện": "VIỆN TRƯỞNG",
    "Trường": "HIỆU TRƯỞNG",
    "Báo": "TỔNG BIÊN TẬP",
    "Tạp chí": "TỔNG BIÊN TẬP",
    "BHXH Việt Nam": "TỔNG GIÁM ĐỐC",
}
"""By how the name of a unit begins; the others have a director."""
DIRECTOR = "GIÁM ĐỐC"


def written_number(text: str, sign: str) -> str:
    """05/BC-BHXH: two digits below 10, a stroke before the sign; `sign` is taken where only a number was typed.

    Raises DomainError for what is no number of a document.
    """
    found = _NUMBER.match(text.strip().upper())
    if found is None or not int(found["number"]):
        message = f"Số, ký hiệu gồm số thứ tự, dấu gạch chéo và ký hiệu, ví dụ 05/{sign}."
        raise DomainError(message, field="document_number", code="number")
    return f"{int(found['number']):02}/{found['sign'] or sign}"


def head_post(name: str) -> str:
    """What the head of a unit is called."""
    return next((post for begin, post in _POSTS.items() if name == begin or name.startswith(f"{begin} ")), DIRECTOR)


def default_recipients() -> str:
    """The list as papers end: those addressed, the unit itself, the archive."""
    return "- Như trên;\n- Lãnh đạo đơn vị;\n- Lưu: VT, CNTT."


def date_problems(day: date, *, closed: date, frozen: date, today: date) -> Sequence[DomainError]:
    """A report is dated after the books it tells of are closed and its figures frozen, and not ahead of time."""
    if day <= closed:
        message = f"Ngày văn bản phải sau ngày {vndate(closed)} là ngày cuối của năm báo cáo."
    elif day < frozen:
        message = f"Ngày văn bản không thể trước ngày khóa số liệu ({vndate(frozen)})."
    elif day > today:
        message = f"Ngày văn bản không thể sau hôm nay ({vndate(today)})."
    else:
        return []
    return [DomainError(message, field="document_date", code="date")]
