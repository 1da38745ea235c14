"""Steps of sending and receiving on the page of a report, and what the check of a file found."""

from collections.abc import Sequence
from functools import partial

from dispatch.blocks import sendings_of
from signing.queries import Signed
from ui.actions import Action
from ui.blocks import Section
from ui.formats import vndatetime
from ui.records import Tab
from yearend.blocks.shown import Shown
from yearend.kinds import REPORT
from yearend.models import AnnualReport
from yearend.queries.verification import Checked
from yearend.querysets import SIGNED
from yearend.rules import State


def steps(shown: Shown) -> Sequence[Action]:
    """Sending, for the unit; taking in, returning and comparing, for its superior."""
    report, found = shown.report, []
    if report.state in {State.SIGNED, State.RETURNED} and "send" in shown.may and shown.above is not None:
        label = f"Gửi {shown.above.name}"
        style = "secondary" if report.state == State.RETURNED else "primary"
        found.append(Action(label, REPORT.url("send", report), style=style, icon="send", method="get"))  # type: ignore[arg-type]  # a style
    if "receive" not in shown.may:
        return found
    if report.state == State.SENT:
        accept = REPORT.url("accept", report)
        found.append(Action("Kiểm tra, tiếp nhận", accept, style="primary", icon="file-check", method="get"))
        found.append(
            Action("Trả lại", REPORT.url("send_back", report), style="danger", icon="arrow-back-up", method="get")
        )
    if report.state in {State.SIGNED, State.SENT, State.ACCEPTED}:
        found.append(
            Action("Đối chiếu tệp nhận được", REPORT.url("file_check", report), icon="zoom-check", method="get")
        )
    return found


def sendings_tab(shown: Shown) -> list[Tab]:
    """Every sending of the report, once it may have one."""
    if shown.report.state not in SIGNED and shown.report.sent_at is None:
        return []
    return [Tab("gui-nhan", "Gửi nhận", partial(sendings_of, shown.user, shown.report))]


def checked_block(report: AnnualReport, checked: Checked) -> Section:
    """What the check found: each signature, and everything that is wrong."""
    signatures = [signature_row(one) for one in checked.findings.signatures] if checked.findings else []
    context = {"report": report, "checked": checked, "signatures": signatures}
    return Section("yearend/checked.html", context)


def signature_row(signed: Signed) -> dict[str, object]:
    """What is shown of a signature to whoever holds the file: they can't mend it, so without advice how to sign."""
    verdict = signed.verdict
    moment = verdict.stamped_at or signed.received_at or verdict.claimed_at
    return {
        "label": signed.label,
        "name": verdict.signer.name if verdict.signer else "không đọc được",
        "organisation": verdict.signer.organisation if verdict.signer else "",
        "when": vndatetime(moment) if moment else "—",
        "good": verdict.good,
        "problems": [found.what for found in verdict.problems],
    }
