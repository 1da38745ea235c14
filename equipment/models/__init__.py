from equipment.models.catalogue import Brand, Category, EquipmentModel
from equipment.models.equipment import Equipment, LedgerEntry, SerialClash
from equipment.models.imports import ColumnMatch, ImportBatch
from equipment.models.intake import Intake, IntakeLine
from equipment.models.past import EquipmentPast
from equipment.models.reservation import Reservation
from equipment.models.tally import Tally

__all__ = [
    "Brand",
    "Category",
    "ColumnMatch",
    "Equipment",
    "EquipmentModel",
    "EquipmentPast",
    "ImportBatch",
    "Intake",
    "IntakeLine",
    "LedgerEntry",
    "Reservation",
    "SerialClash",
    "Tally",
]
