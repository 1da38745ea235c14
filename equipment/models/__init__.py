from equipment.models.catalogue import Brand, Category, EquipmentModel
from equipment.models.equipment import Equipment, LedgerEntry, SerialClash
from equipment.models.intake import Intake, IntakeLine

__all__ = [
    "Brand",
    "Category",
    "Equipment",
    "EquipmentModel",
    "Intake",
    "IntakeLine",
    "LedgerEntry",
    "SerialClash",
]
