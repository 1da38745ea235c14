from dispatch.rules.letters import Attachment, Letter, Organ, organ_id_fault
from dispatch.rules.states import (
    AGAIN,
    CHANNELS,
    FLOW,
    SETTLED,
    STATUS_CODES,
    TONES,
    Channel,
    Direction,
    Kind,
    State,
    follows,
    pause,
)
from dispatch.rules.words import legible

__all__ = [
    "AGAIN",
    "CHANNELS",
    "FLOW",
    "SETTLED",
    "STATUS_CODES",
    "TONES",
    "Attachment",
    "Channel",
    "Direction",
    "Kind",
    "Letter",
    "Organ",
    "State",
    "follows",
    "legible",
    "organ_id_fault",
    "pause",
]
