"""Forms of the steps of a repair."""

from typing import Any

from django.utils import timezone

from dossiers.forms import StepForm
from repairs.models import Repair
from ui.forms import DateField


class SendForm(StepForm):
    """The devices go off."""

    sent_on = DateField(label="Ngày gửi")

    def __init__(self, data: Any = None, files: Any = None, *, dossier: Repair, **kwargs: Any) -> None:
        kwargs["initial"] = {"sent_on": timezone.localdate(), **kwargs.get("initial", {})}
        super().__init__(data, files, dossier=dossier, **kwargs)
