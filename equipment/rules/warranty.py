"""How a device's warranty stands."""

from datetime import date

SOON_DAYS = 60  # long enough to have what is broken repaired at the supplier's cost
ENDING_DAYS = 30
"""Days before its end in which a warranty is told of to the unit: what is broken is still repaired for nothing."""
SUPPORT_DAYS = 90
"""The same for the maker's support: long enough to plan what takes the device's place."""


def warranty(until: date | None, today: date) -> tuple[str, str]:
    """The words for whoever stands before the machine, and their tone."""
    if until is None:
        return "Chưa ghi thời hạn", "muted"
    left = (until - today).days
    if left < 0:
        return f"Hết từ {until:%d/%m/%Y}", "muted"
    if left == 0:
        return "Hết hạn hôm nay", "warn"
    if left <= SOON_DAYS:
        return f"Còn {left} ngày, đến {until:%d/%m/%Y}", "warn"
    return f"Còn đến {until:%d/%m/%Y}", "ok"
