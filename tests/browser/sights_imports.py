"""Imports in each of their states, and what somebody sees of them."""

from accounts.models import User
from equipment.actions import imports
from tests.imports import support as s
from tests.world import World, confirmed

PEOPLE = ("Nguyễn Văn Đức", "Trần Thị Hồng", "Phạm Thu Hằng")


def _rows(many: int, *, faulty: bool = False) -> list[list]:
    """A list as a district has it: titles above, a sum below."""
    rows = [["BHXH QUẬN BA ĐÌNH"], ["DANH SÁCH THIẾT BỊ CÔNG NGHỆ THÔNG TIN"], ["STT", *s.HEAD, "Ghi chú riêng"]]
    rows += [
        [at + 1, *s.row(holder=PEOPLE[at % 3], name="Máy tính bộ phận một cửa"), f"Hàng {at + 1}"] for at in range(many)
    ]
    if faulty:
        rows[3][4] = "15 triệu"
        rows[4][5] = "2020"
        rows[4][3] = None
        rows[5][1] = "Máy vi tinh de bànn"
    return [*rows, ["Tổng cộng", None, None, None, many]]


def _old(rows: list[list]) -> list[list]:
    return [[s.tcvn3(cell) if isinstance(cell, str) else cell for cell in row] for row in rows]


def furnish_imports(world: World, officer: User) -> dict[str, str]:
    """One batch in each state."""
    confirmed(world, officer, ["CO-SAN-1", "CO-SAN-2"])
    update = [["Số máy", "Tên thiết bị", "Người sử dụng", "Nguyên giá"]]
    update += [["CO-SAN-1", "Máy quầy số 5", PEOPLE[0], None], ["CO-SAN-2", None, None, None], ["CHUA-CO", "x", "", 1]]
    made = {
        "import_matching": s.uploaded(officer, s.xlsx(_old(_rows(12)), _rows(2)), name="Danh sách 2026.xlsx"),
        "import_faulty": s.checked(officer, s.xlsx(_old(_rows(12, faulty=True)))),
        "import_clean": s.checked(officer, s.xlsx(_rows(8))),
        "import_update": s.checked(officer, s.xlsx(update), existing="update"),
        "import_done": s.brought_in(officer, s.xlsx(_rows(6, faulty=True)), mode="valid")[0],
        "import_failed": s.uploaded(officer, b"khong phai bang tinh\x00", name="anh-chup.xlsx"),
        "import_working": s.checked(officer, s.xlsx(_rows(4))),
    }
    working = made["import_working"]
    imports.apply(working, mode="all", by=officer, version=working.version)
    return {name: batch.number for name, batch in made.items()}
