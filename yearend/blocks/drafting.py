"""Steps of the draft, and of taking in what subordinates have frozen since."""

from collections.abc import Sequence

from ui.actions import Action
from yearend.blocks.shown import Shown
from yearend.kinds import REPORT
from yearend.rules import State

CONSOLIDATING = (State.LOCKED, State.RETURNED)


def steps(shown: Shown) -> Sequence[Action]:
    """Counting anew and describing, as long as it is a draft; consolidating anew, once it is frozen and not sent."""
    report, found = shown.report, []
    if report.state == State.DRAFT and "recount" in shown.may:
        found.append(Action("Tính lại số liệu", REPORT.url("recount", report), icon="refresh"))
    if report.state == State.DRAFT and "record" in shown.may:
        found.append(Action("Ghi chú, đánh giá", REPORT.url("describe", report), icon="pencil", method="get"))
    if report.state in CONSOLIDATING and "consolidate" in shown.may and shown.below:
        style = "primary" if report.outdated_at else "secondary"
        url = REPORT.url("consolidate", report)
        found.append(Action("Tổng hợp lại", url, style=style, icon="refresh", method="get"))  # type: ignore[arg-type]  # one of the styles
    return found
