"""Forms of transfers: the draft, and each step."""

from transfers.forms.arrival import ReceiveForm, SettleForm
from transfers.forms.draft import DraftForm
from transfers.forms.leaving import DecideForm, HandOverForm, PrepareForm

__all__ = ["DecideForm", "DraftForm", "HandOverForm", "PrepareForm", "ReceiveForm", "SettleForm"]
