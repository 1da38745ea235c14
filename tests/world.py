"""What the tests stand on: units, accounts, a catalogue, intakes, devices."""

import io
from dataclasses import dataclass, field
from datetime import date, timedelta

import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from accounts.actions import sync_grants
from accounts.models import User
from accounts.rules import Kind
from dossiers import actions as papers
from equipment.actions import confirm, intake
from equipment.models import Brand, Category, Equipment, EquipmentModel, Intake
from orgs.models import OrgUnit
from orgs.rules import UnitKind

TREE = (
    # code, parent, name, kind
    ("00", "", "BHXH Việt Nam", UnitKind.HQ),
    ("00.VP", "00", "Văn phòng BHXH Việt Nam", UnitKind.HQ_UNIT),
    ("00.CNTT", "00", "Trung tâm Công nghệ thông tin", UnitKind.HQ_UNIT),
    ("00.PC", "00", "Vụ Pháp chế", UnitKind.HQ_UNIT),
    ("01", "00", "BHXH thành phố Hà Nội", UnitKind.PROVINCE),
    ("01.001", "01", "BHXH quận Ba Đình", UnitKind.DISTRICT),
    ("01.001.T1", "01.001", "Tổ Thu", UnitKind.DEPARTMENT),
    ("01.002", "01", "BHXH quận Hoàn Kiếm", UnitKind.DISTRICT),
    ("01.002.T1", "01.002", "Tổ Chế độ", UnitKind.DEPARTMENT),
    ("01.P1", "01", "Phòng Công nghệ thông tin", UnitKind.DEPARTMENT),
    ("48", "00", "BHXH thành phố Đà Nẵng", UnitKind.PROVINCE),
    ("48.P1", "48", "Văn phòng", UnitKind.DEPARTMENT),
)
ACCOUNTS = (
    # name, unit, kind
    ("admin1", "00.CNTT", Kind.LEVEL1_ADMIN),
    ("ttcntt", "00.CNTT", Kind.LOOKUP),
    ("vanphong", "00.VP", Kind.BUSINESS),
    ("admin2_hanoi", "01", Kind.LEVEL2_ADMIN),
    ("nghiepvu_hanoi", "01", Kind.BUSINESS),
    ("tracuu_hanoi", "01", Kind.LOOKUP),
    ("nghiepvu_badinh", "01.001", Kind.BUSINESS),
    ("tracuu_badinh", "01.001", Kind.LOOKUP),
    ("nghiepvu_hoankiem", "01.002", Kind.BUSINESS),
    ("admin2_danang", "48", Kind.LEVEL2_ADMIN),
    ("nghiepvu_danang", "48", Kind.BUSINESS),
)
PASSWORD = "mat-khau-thu-nghiem-26"


@dataclass
class World:
    units: dict[str, OrgUnit] = field(default_factory=dict)
    users: dict[str, User] = field(default_factory=dict)
    desktop: Category | None = None
    office: Category | None = None
    model: EquipmentModel | None = None

    def __getattr__(self, name: str) -> User:
        try:
            return self.__dict__["users"][name]
        except KeyError:
            raise AttributeError(name) from None


def make_world() -> World:
    world = World()
    for code, parent, name, kind in TREE:
        unit = OrgUnit(code=code, name=name, kind=kind, nationwide=code == "00.CNTT")
        add = OrgUnit.objects.add_child if parent else OrgUnit.objects.add_root
        world.units[code] = add(*([world.units[parent]] if parent else []), instance=unit)
        if parent:
            world.units[parent].refresh_from_db()
    world.units["00.PC"].custodian = world.units["00.VP"]
    world.units["00.PC"].save()
    for name, unit, kind in ACCOUNTS:
        world.users[name] = make_user(name.replace("_", "."), world.units[unit], kind)
    hardware = Category.objects.create(code="MAY_TINH", name="Máy tính", holds_equipment=False)
    world.desktop = Category.objects.create(
        code="MAY_TINH_BAN", name="Máy vi tính để bàn", parent=hardware, attribute_keys=["MAC", "IP", "CPU", "RAM"]
    )
    world.office = Category.objects.create(
        code="UD_VAN_PHONG",
        name="Phần mềm văn phòng",
        software=True,
        serial_required=False,
        attribute_keys=["so_ban_quyen", "loai_bq", "han_BQ"],
    )
    brand = Brand.objects.create(name="Dell")
    world.model = EquipmentModel.objects.create(brand=brand, category=world.desktop, name="OptiPlex 3070")
    return world


def make_user(username: str, unit: OrgUnit, kind: str) -> User:
    user = User(username=username, full_name=f"Người dùng {username}", unit=unit, kind=kind)
    user.set_password(PASSWORD)
    user.save()
    sync_grants(user)
    return user


def pdf_bytes(pages: int = 1) -> bytes:
    """A small real PDF."""
    document = pikepdf.new()
    for _ in range(pages):
        document.add_blank_page(page_size=(595, 842))
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def pdf_file(name: str = "biên bản bàn giao.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, pdf_bytes(), content_type="application/pdf")


def header(**changes) -> dict:
    """The head of an intake that lacks nothing."""
    return {
        "handover_date": timezone.localdate(),
        "supplier": "Công ty TNHH Thiết bị Sao Mai",
        "contract_number": "12/2026/HĐ",
        "contract_date": timezone.localdate() - timedelta(days=30),
        "fund_source": "operating",
        "place": "Trụ sở",
        "giver_name": "Trần Văn Giao",
        "receiver_name": "Lê Thị Nhận",
        **changes,
    }


def lines(world: World, serials: list[str], **changes) -> list[intake.LineData]:
    data = {
        "category": world.desktop,
        "model": world.model,
        "name": "",
        "quantity": len(serials),
        "unit_price": 14_500_000,
        "warranty_months": 36,
        "items": [{"serial": serial} for serial in serials],
        "attributes": {"CPU": "i5-10400", "RAM": "8 GB"},
        **changes,
    }
    return [intake.LineData(**data)]


def draft(world: World, by: User, serials: list[str], *, unit: OrgUnit | None = None, **changes) -> Intake:
    """A draft with its minutes, ready to be confirmed."""
    head = {k: v for k, v in changes.items() if k != "name"}
    made = intake.start_draft(
        unit=unit or by.unit,
        header=header(**head),
        lines=lines(world, serials, **({"name": changes["name"]} if "name" in changes else {})),
        by=by,
    )
    papers.attach(made, paper="minutes", file=pdf_file(), by=by)
    made.refresh_from_db()
    return made


def confirmed(world: World, by: User, serials: list[str], **changes) -> Intake:
    return confirm.confirm(draft(world, by, serials, **changes), by=by)


def devices(made: Intake) -> list[Equipment]:
    return list(Equipment.objects.filter(intake=made).order_by("code"))


def past(days: int) -> date:
    return timezone.localdate() - timedelta(days=days)
