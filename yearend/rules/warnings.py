"""What a unit is warned of before it closes its books. Pure."""

from dataclasses import dataclass

from reports.rules.annual import Lines, total


@dataclass(frozen=True)
class Caution:
    """Something that should be set right first: how often, what to do, and the list that shows exactly those.

    `blocks`: closing the books all the same needs a written reason.
    """

    title: str
    count: int
    todo: str
    url: str = ""
    blocks: bool = False


@dataclass(frozen=True)
class Difference:
    """A category whose figure isn't what it was, or what it should be."""

    code: str
    name: str
    before: int
    after: int
    before_value: int
    after_value: int


def opening_differences(now: Lines, former: Lines) -> list[str]:
    """Categories whose opening isn't last year's closing, in number or in value."""
    codes = sorted({*now, *former})
    return [
        code
        for code in codes
        if ((now[code].opening_quantity, now[code].opening_value) if code in now else (0, 0))
        != ((former[code].closing_quantity, former[code].closing_value) if code in former else (0, 0))
    ]


def nothing_there(now: Lines) -> bool:
    """Whether the unit had no device the whole year: hardly ever true."""
    line = total(now.values())
    return not any((line.opening_quantity, line.closing_quantity, line.bought_quantity, line.received_quantity))


def above_norm(now: Lines) -> int:
    """How many devices are above the norms, over all categories."""
    return sum(max(0, line.norm_difference) for line in now.values())
