from yearend.rules.flow import FLOW, TONES, State, UnlockState

__all__ = ["FLOW", "TONES", "State", "UnlockState"]
