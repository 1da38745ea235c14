"""How a request to open closed books goes (art. 12, 13.8)."""

from core.workflow import Workflow
from yearend.rules.flow import UnlockState

UNLOCK_FLOW = Workflow(
    UnlockState,
    {UnlockState.ASKED: frozenset({UnlockState.GRANTED, UnlockState.REFUSED, UnlockState.WITHDRAWN})},
)
UNLOCK_TONES = {
    UnlockState.ASKED: "warn",
    UnlockState.GRANTED: "ok",
    UnlockState.REFUSED: "bad",
    UnlockState.WITHDRAWN: "muted",
}
