from django.urls import reverse

from orgs.rules import UnitKind
from ui.tables import Column, Table


class UnitTable(Table):
    caption = "Đơn vị trực thuộc"
    card_title = "name"
    row_id = "code"
    order = ("path",)
    columns = (
        Column(
            "name", "Đơn vị", sort="name", also=("code",), link=lambda row: reverse("orgs:detail", args=[row["code"]])
        ),
        Column("code", "Mã", kind="code", sort="code"),
        Column("kind", "Loại", kind="choice", choices=UnitKind, sort="kind"),
        Column("custodian", "Quản lý hộ", key="custodian__name"),
        Column("valid_from", "Hiệu lực từ", kind="date"),
        Column("valid_to", "Hiệu lực đến", kind="date"),
    )
