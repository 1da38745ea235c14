"""Imports of one unit of the country, with the marker in every text."""

from accounts.models import User
from equipment.models import Equipment, ImportBatch
from orgs.models import OrgUnit
from tests.imports import support as s


def make_imports(
    marker: str, device: Equipment, *, unit: OrgUnit, by: User, all_of_them: bool
) -> dict[str, ImportBatch]:
    """One that was checked; with `all_of_them` one that waits to be matched and one that couldn't be read, too."""
    head = ["Mã thiết bị", *s.HEAD, f"Cột {marker}"]
    rows = [
        head,
        [None, *s.row(serial=f"N-{marker}", holder=f"Lê {marker}"), marker],
        [None, *s.row(serial=f"N-{marker}-2", category=f"Loại {marker}", name=f"Máy {marker}"), marker],
        [device.code, None, f"Máy sửa {marker}", None, None, None, None, marker],
        [None, None, None, None, None, None, f"Nhóm {marker}", None],
    ]
    given = {"unit": unit, "existing": "update", "name": f"Danh sách {marker}.xlsx"}
    made = {"checked": s.checked(by, s.xlsx(rows), **given)}
    if all_of_them:
        made["matching"] = s.uploaded(by, s.xlsx(rows, [["Tên", "S/N"], ["x", "y"]]), **given)
        made["failed"] = s.uploaded(by, b"khong phai bang tinh\x00", **given)
    return made


def upload_data() -> dict:
    """What the form of an upload sends."""
    return {"file": s.upload(s.xlsx([s.HEAD, s.row()])), "existing": "refuse"}


def match_data(batch: ImportBatch) -> dict:
    """What the form of the match sends when nothing is changed in it."""
    data = {"version": batch.version}
    for column in s.columns_of(batch):
        data[f"field_{column.index}"] = column.field
        if column.accented:
            data[f"encoding_{column.index}"] = column.encoding
    return data
