"""Minutes as the builder makes them, of any size, without a database."""

from datetime import date
from decimal import Decimal

from equipment.printing.basis import legal_basis
from equipment.printing.minutes import FORM, Group, Minutes, Row, Side
from equipment.printing.words import money_in_words
from ui.formats import number

PRICE = 14_890_000
DECISION = (
    "Căn cứ Quyết định số 1525/QĐ-BHXH ngày 02/11/2026 của BHXH thành phố Hà Nội về việc bàn giao tài sản cố định"
)


def group(count: int, *, first: int = 1, name: str = "Máy vi tính để bàn", model: str = "HP ProDesk 400 G7") -> Group:
    rows = [
        Row(
            position=str(n),
            name=model,
            serial=f"5CG0{n:04d}XK",
            code=f"01.001-{n:06d}",
            made_in="Trung Quốc",
            made_year="2026",
            used_since="2026",
            price=number(PRICE),
            wear_rate="20",
        )
        for n in range(first, first + count)
    ]
    details = "Bộ xử lý (CPU): Intel Core i5-10500; Bộ nhớ (RAM): 8 GB; Ổ cứng: SSD 256 GB"
    return Group(
        title=f"{name}: {model}",
        details=details,
        count=f"{count} bộ",
        value=number(PRICE * count),
        rows=rows,
    )


def minutes(*sizes: int, **changes: object) -> Minutes:
    groups, first = [], 1
    for size in sizes:
        groups.append(group(size, first=first))
        first += size
    value = Decimal(PRICE * sum(sizes))
    facts: dict = {
        "form": FORM,
        "basis": legal_basis(FORM, date(2026, 11, 18)),
        "superior": "BHXH THÀNH PHỐ HÀ NỘI",
        "unit": "BHXH QUẬN BA ĐÌNH",
        "dossier": "TN-01.001-2026-0007",
        "number": "05/BBGN-BHXH",
        "day": "Ngày 18 tháng 11 năm 2026",
        "grounds": [
            DECISION,
            "Căn cứ Hợp đồng số 27/2026/HĐ-MSTB ngày 20/10/2026",
        ],
        "giver": Side(name="Lê Văn Giao", title="Giám đốc kinh doanh", whom="Công ty TNHH Thiết bị Ánh Sáng"),
        "receiver": Side(name="Nguyễn Thị Nhận", title="Phó Giám đốc", whom="BHXH quận Ba Đình"),
        "place": "Trụ sở BHXH quận Ba Đình, số 1 phố Thử Nghiệm, quận Ba Đình, Hà Nội",
        "funds": "Chi phí quản lý BHXH",
        "groups": groups,
        "count": number(sum(sizes)),
        "value": number(value),
        "words": money_in_words(value),
    }
    return Minutes(**{**facts, **changes})
