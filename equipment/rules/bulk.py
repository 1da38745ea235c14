"""What may be done to many devices at once."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

KIND = "equipment.bulk"  # of the job
KEEP = ""
NO_ROOM = "-"
APPEND, REPLACE = "append", "replace"
AT_ONCE = 500  # what is written while the person waits; more is a job
MOST = 100_000
MARK = "Sửa hàng loạt: "  # leads the reason in the history, so that a reader knows that it was one act
MAX_REASON = 100 - len(MARK)  # of the column


@dataclass(frozen=True)
class Wanted:
    """What the devices shall have afterwards; what is KEEP stays as it is.

    `room` is the code of a room or NO_ROOM. `note` is what is added below the note, or stands in its place.
    """

    room: str = KEEP
    condition: str = KEEP
    note_mode: str = KEEP
    note: str = ""

    def as_params(self) -> dict[str, str]:
        """For a job."""
        return asdict(self)

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> "Wanted":
        """From a cleaned form or the parameters of a job."""
        return cls(**{name: str(values.get(name) or "") for name in cls.__dataclass_fields__})

    @property
    def nothing(self) -> bool:
        """Whether everything stays as it is."""
        return KEEP == self.room == self.condition == self.note_mode


def whole_reason(reason: str) -> str:
    """The reason as the history keeps it."""
    return f"{MARK}{reason}"[:100]
