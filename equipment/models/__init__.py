from equipment.models.catalogue import Brand, Category, EquipmentModel
from equipment.models.equipment import Equipment, LedgerEntry, SerialClash
from equipment.models.imports import ColumnMatch, ImportBatch
from equipment.models.intake import Intake, IntakeLine
from equipment.models.tally import Tally

__all__ = [
    "Brand",
    "Category",
    "ColumnMatch",
    "Equipment",
    "EquipmentModel",
    "ImportBatch",
    "Intake",
    "IntakeLine",
    "LedgerEntry",
    "SerialClash",
    "Tally",
]
