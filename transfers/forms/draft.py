"""The draft: what is to be moved, to whom."""

import uuid
from collections.abc import Sequence
from typing import Any

from django import forms

from accounts.models import User
from dossiers.submissions import made_from
from equipment.forms.devices import DevicesField
from transfers.models import Transfer, TransferLine
from transfers.queries import possible_receivers
from transfers.rules import MOVABLE, Licences
from ui.choices import SearchSelect
from ui.forms import (
    TAMPERED,
    Group,
    KitForm,
    LongTextField,
    TextField,
    version_field,
)


class DraftForm(KitForm):
    """What is to be moved, to whom, why."""

    groups = (
        Group("Bên nhận và lý do", ("receiver", "reason", "place")),
        Group("Thiết bị", ("devices", "licences"), help="Thiết bị được giữ cho hồ sơ này đến khi xong hoặc hủy."),
    )

    submission = forms.UUIDField(
        label="", widget=forms.HiddenInput, required=False, error_messages={"invalid": TAMPERED}
    )
    receiver: forms.ModelChoiceField = forms.ModelChoiceField(
        label="Bên nhận",
        queryset=None,
        to_field_name="code",
        widget=SearchSelect("transfers:units"),
        help_text="Cơ quan giữ sổ riêng. Bên nhận chỉ thấy hồ sơ từ khi ghi quyết định.",
    )
    reason = LongTextField(label="Lý do điều chuyển", max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))
    place = TextField(label="Địa điểm bàn giao", max_length=200, required=False)
    licences = forms.ChoiceField(
        label="Phần mềm chỉ cài trên các máy này",
        choices=Licences.choices,
        initial=Licences.GO,
        widget=forms.RadioSelect,
        help_text="Áp dụng cho mọi máy; đổi cho từng máy ở bước “Xóa dữ liệu, phần mềm”.",
    )

    def __init__(
        self,
        data: Any = None,
        files: Any = None,
        *,
        by: User,
        transfer: Transfer | None = None,
        devices: Sequence[TransferLine] = (),
        initial: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(data, files, initial={**_head_of(transfer, devices), **(initial or {})})
        self.fields["receiver"].queryset = possible_receivers()  # type: ignore[attr-defined]  # a choice of rows
        self.fields["devices"] = DevicesField(
            by=by,
            allowed=MOVABLE,
            number=transfer.number if transfer is not None else made_from(Transfer, data=data, by=by),
        )
        if transfer is not None:
            self.fields["version"] = version_field()


def _head_of(transfer: Transfer | None, lines: Sequence[TransferLine]) -> dict[str, Any]:
    if transfer is None:
        return {"submission": uuid.uuid4()}
    return {
        "version": transfer.version,
        "receiver": transfer.receiver.code,
        "reason": transfer.reason,
        "place": transfer.place,
        "licences": transfer.licences,
        "devices": "\n".join(line.code for line in lines if line.along_id is None),
    }
