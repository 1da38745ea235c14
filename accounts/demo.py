"""Accounts of a demonstration, and the names of people who don't exist. Loaded by load_demo only."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate
from random import Random

from django.contrib.auth.hashers import make_password
from simple_history.utils import bulk_create_with_history

from accounts.actions import create_account
from accounts.models import User
from accounts.rules import Kind
from orgs.models import OrgUnit

PASSWORD = "qltb-demo-2026"  # noqa: S105 - known to everybody: production refuses demo mode
FORMER = "hoso."
"""Begins the names of the closed accounts under which the data of other units was recorded."""
REASON = "Dữ liệu minh họa"


@dataclass(frozen=True)
class DemoAccount:
    """One account: `unit` is a code."""

    username: str
    full_name: str
    unit: str
    kind: Kind


IT_CENTER, OFFICE, HANOI, BA_DINH, HOAN_KIEM, DA_NANG = "00.CNTT", "00.VP", "01", "01.001", "01.002", "48"
ACCOUNTS = (
    DemoAccount("admin1", "Nguyễn Quang Huy", IT_CENTER, Kind.LEVEL1_ADMIN),
    DemoAccount("ttcntt", "Trần Thu Hằng", IT_CENTER, Kind.LOOKUP),
    DemoAccount("vanphong", "Lê Thanh Bình", OFFICE, Kind.BUSINESS),
    DemoAccount("admin2.hanoi", "Phạm Đức Long", HANOI, Kind.LEVEL2_ADMIN),
    DemoAccount("nghiepvu.hanoi", "Vũ Ngọc Lan", HANOI, Kind.BUSINESS),
    DemoAccount("tracuu.hanoi", "Đặng Minh Tuấn", HANOI, Kind.LOOKUP),
    DemoAccount("nghiepvu.badinh", "Bùi Thị Mai", BA_DINH, Kind.BUSINESS),
    DemoAccount("tracuu.badinh", "Đỗ Quốc Dũng", BA_DINH, Kind.LOOKUP),
    DemoAccount("nghiepvu.hoankiem", "Hoàng Hồng Nhung", HOAN_KIEM, Kind.BUSINESS),
    DemoAccount("admin2.danang", "Phan Hữu Nam", DA_NANG, Kind.LEVEL2_ADMIN),
    DemoAccount("nghiepvu.danang", "Ngô Phương Thảo", DA_NANG, Kind.BUSINESS),
)

# Common names with their rough share: put together at random they are nobody's.
FAMILY = {
    "Nguyễn": 38,
    "Trần": 12,
    "Lê": 10,
    "Phạm": 7,
    "Hoàng": 5,
    "Phan": 4,
    "Vũ": 4,
    "Đặng": 3,
    "Bùi": 3,
    "Đỗ": 2,
    "Hồ": 2,
    "Ngô": 2,
    "Dương": 2,
    "Lý": 1,
    "Đinh": 1,
    "Trịnh": 1,
    "Đoàn": 1,
    "Lương": 1,
}
MIDDLE = (
    ("Thị", "Thu", "Ngọc", "Thanh", "Kim", "Minh", "Phương", "Bích", "Hồng", "Thùy"),
    ("Văn", "Đức", "Hữu", "Quang", "Minh", "Công", "Xuân", "Đình", "Ngọc", "Quốc", "Thanh"),
)
GIVEN = (
    ("Hà", "Lan", "Hương", "Mai", "Thảo", "Trang", "Linh", "Hằng", "Nga", "Dung", "Yến", "Nhung", "Oanh", "Hoa", "Vân"),
    (
        "Huy",
        "Long",
        "Nam",
        "Tuấn",
        "Dũng",
        "Hùng",
        "Sơn",
        "Bình",
        "Thắng",
        "Cường",
        "Kiên",
        "Phúc",
        "Tùng",
        "Hải",
        "Anh",
    ),
)
_FAMILIES, _SHARES = tuple(FAMILY), tuple(accumulate(FAMILY.values()))


def person(rng: Random) -> str:
    """The name of somebody who doesn't exist."""
    sex = rng.random() < 0.5  # noqa: PLR2004 - as many women as men
    (family,) = rng.choices(_FAMILIES, cum_weights=_SHARES)
    return f"{family} {rng.choice(MIDDLE[sex])} {rng.choice(GIVEN[sex])}"


def make_accounts() -> dict[str, User]:
    """The accounts that people log in with; by the code of the unit, those that record for it."""
    units = OrgUnit.objects.in_bulk([account.unit for account in ACCOUNTS], field_name="code")
    made = [
        create_account(
            username=account.username,
            full_name=account.full_name,
            unit=units[account.unit],
            kind=account.kind,
            password=PASSWORD,
        )
        for account in ACCOUNTS
    ]
    return {user.unit.code: user for user in made if user.kind == Kind.BUSINESS}


def make_former(units: Iterable[OrgUnit], rng: Random) -> dict[str, User]:
    """A closed account for each unit: the name under which its data was recorded. Nobody can log in with it."""
    users = [
        User(
            username=f"{FORMER}{unit.code.lower()}",
            full_name=person(rng),
            unit=unit,
            kind=Kind.BUSINESS,
            is_active=False,
            password=make_password(None),
        )
        for unit in units
    ]
    bulk_create_with_history(users, User, batch_size=1000, default_change_reason=REASON)
    return {user.unit.code: user for user in users}
