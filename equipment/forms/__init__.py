from equipment.forms.catalogue import BrandForm, CategoryForm, CloseForm, ModelForm
from equipment.forms.equipment import EquipmentForm
from equipment.forms.intake import (
    AttachForm,
    CorrectForm,
    IntakeForm,
    LineForm,
    ReasonForm,
    UnitForm,
)

__all__ = [
    "AttachForm",
    "BrandForm",
    "CategoryForm",
    "CloseForm",
    "CorrectForm",
    "EquipmentForm",
    "IntakeForm",
    "LineForm",
    "ModelForm",
    "ReasonForm",
    "UnitForm",
]
