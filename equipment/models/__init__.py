from equipment.models.assignment import Assignment, AssignmentLine, Holding, Recovery
from equipment.models.catalogue import Brand, Category, EquipmentModel
from equipment.models.depreciation import DepreciationRate, DepreciationRegime
from equipment.models.equipment import Equipment, LedgerEntry, SerialClash
from equipment.models.imports import ColumnMatch, ImportBatch
from equipment.models.intake import Intake, IntakeLine
from equipment.models.licences import Installation, SoftwareLicence
from equipment.models.norms import Norm, NormCount, NormSet, NormStanding, TitleGroup
from equipment.models.past import EquipmentPast
from equipment.models.periods import PeriodLock
from equipment.models.reservation import Reservation
from equipment.models.tally import Tally

__all__ = [
    "Assignment",
    "AssignmentLine",
    "Brand",
    "Category",
    "ColumnMatch",
    "DepreciationRate",
    "DepreciationRegime",
    "Equipment",
    "EquipmentModel",
    "EquipmentPast",
    "Holding",
    "ImportBatch",
    "Installation",
    "Intake",
    "IntakeLine",
    "LedgerEntry",
    "Norm",
    "NormCount",
    "NormSet",
    "NormStanding",
    "PeriodLock",
    "Recovery",
    "Reservation",
    "SerialClash",
    "SoftwareLicence",
    "Tally",
    "TitleGroup",
]
