from disposals.models.disposal import Disposal, DisposalLine
from disposals.models.loss import LossLine, LossReport
from disposals.models.procedure import ProcedureRule

__all__ = ["Disposal", "DisposalLine", "LossLine", "LossReport", "ProcedureRule"]
