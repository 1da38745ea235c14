"""Pieces of the pages of papers: whose turn it is, what is signed, what each signature is worth."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse

from accounts.models import User
from dossiers.blocks import events_of, newest_first
from signing.models import Paper, Revision
from signing.policies import PAPER_CHECKS
from signing.queries import Findings, Signed, findings_of
from signing.rules import PaperState, Step, Way, next_step, steps_of
from signing.subjects import subject_of
from ui.actions import Action
from ui.blocks import Block, Document, DocumentList, Fact, FactList, Section, Stack, Status, Stepper, Timeline
from ui.blocks import Step as Stage
from ui.formats import local, vndatetime
from ui.links import Link


def signed_steps(revisions: Sequence[Revision]) -> list[str]:
    """The steps that are signed."""
    return [one.step for one in revisions if one.step]


def stepper(paper: Paper, revisions: Sequence[Revision]) -> Stepper:
    """Who has signed, whose turn it is, who follows."""
    by_step = {one.step: one for one in revisions if one.step}
    turn = next_step(paper.boxes, list(by_step))
    stages = []
    for step in steps_of(paper.boxes):
        if step in by_step:
            one = by_step[step]
            holder = one.certificate.holder if one.certificate else ""
            stages.append(Stage(step.label, "done", local(one.created_at).date(), holder))
        elif paper.state == PaperState.WITHDRAWN:
            stages.append(Stage(step.label, "stopped"))
        else:
            stages.append(Stage(step.label, "now" if step == turn else "ahead"))
    return Stepper(stages)


def facts(paper: Paper, revisions: Sequence[Revision]) -> list[Fact]:
    """What is signed: which file, of whom, since when."""
    last = revisions[-1]
    found = [
        Fact("Đơn vị", paper.unit.name),
        Fact("Trình ký", f"{vndatetime(paper.created_at)}, {paper.created_by}"),
        Fact("Hồ sơ", paper.title, url=subject_of(paper.about).address(paper.about)),
        Fact("SHA-256 của tệp hiện tại", last.sha256, kind="code", copy=True),
    ]
    if paper.withdrawn_why:
        found.append(Fact("Lý do thu hồi", paper.withdrawn_why))
    return found


_WAYS = (
    ("signing:sign_file", "Ký bằng tệp chứng thư", "key"),
    ("signing:sign_device", "Ký bằng thiết bị trên máy chủ", "server-2"),
    ("signing:sign_outside", "Ký bằng công cụ bên ngoài", "external-link"),
)


def actions(user: User, paper: Paper) -> list[Action | Link]:
    """The ways to sign, and what else this person may do."""
    found: list[Action | Link] = []
    if PAPER_CHECKS["sign"](user, paper):
        for number, (name, label, icon) in enumerate(_WAYS):
            style: Any = "secondary" if number else "primary"
            found.append(Action(label, reverse(name, args=[paper.public_id]), style, icon, method="get"))
    found.append(Link("Kiểm tra một tệp", reverse("signing:look", args=[paper.public_id]), icon="file-check"))
    return found


def verdicts(paper: Paper) -> Stack:
    """What each signature is worth, as of now."""
    return verdicts_of(findings_of(paper), paper)


def verdicts_of(found: Findings, paper: Paper) -> Stack:
    """The same, of findings that were made already."""
    waiting = paper.state == PaperState.OPEN and found.sound
    tone: Any = "ok" if found.good else ("info" if waiting else "bad")
    said = "Đủ chữ ký, hợp lệ" if found.good else ("Chưa ký đủ" if waiting else "Không hợp lệ")
    summary = Section(
        "signing/summary.html",
        {"status": Status(said, tone), "problems": [] if waiting else [one.text for one in found.problems]},
    )
    return Stack([summary, *(_signature(one) for one in found.signatures)])


def _signature(one: Signed) -> Block:
    verdict, signer = one.verdict, one.verdict.signer
    if signer is None:
        return FactList([Fact("Kết quả", Status("Không đọc được", "bad"))], title=one.label)
    # It always signs from the first byte on; what follows it are the next signatures.
    reach = "Toàn bộ tệp" if verdict.whole else "Toàn bộ phần văn bản đến thời điểm ký; sau đó chỉ có chữ ký khác"
    if any(found.fault in {"partial", "changed", "broken"} for found in verdict.problems):
        reach = "Không còn bao trùm đúng nội dung"
    return FactList(
        [
            Fact("Kết quả", Status("Hợp lệ", "ok") if verdict.good else Status("Không hợp lệ", "bad")),
            Fact("Người ký", signer.name),
            Fact("Tổ chức", signer.organisation or "—"),
            Fact("Số chứng thư", signer.serial, kind="code"),
            Fact("Nơi cấp", signer.issuer),
            Fact("Thời điểm ghi trên chữ ký", vndatetime(verdict.claimed_at) or "Không ghi"),
            Fact("Dấu thời gian", vndatetime(verdict.stamped_at) or "Không có"),
            Fact("Hệ thống nhận lúc", vndatetime(one.received_at) or "—"),
            Fact("Phạm vi ký", reach),
            Fact("Chứng thư hiệu lực", f"{vndatetime(signer.not_before)} – {vndatetime(signer.not_after)}"),
            Fact("Thu hồi", _revocation(verdict)),
        ],
        title=one.label,
        wide=True,
    )


def _revocation(verdict: Any) -> str:
    if verdict.says("revoked"):
        return "Đã bị thu hồi"
    if verdict.list_until is None:
        return "Chưa có danh sách thu hồi của nơi cấp để kiểm tra"
    return f"Không bị thu hồi, theo danh sách có giá trị đến {vndatetime(verdict.list_until)}"


def files(paper: Paper, revisions: Sequence[Revision]) -> DocumentList:
    """Every revision, to be saved."""
    return DocumentList([_file(paper, one) for one in revisions])


def _file(paper: Paper, one: Revision) -> Document:
    label = f"Sau khi ký: {Step(one.step).label} ({Way(one.way).label.lower()})" if one.step else "Bản trình ký"
    return Document(
        label=label,
        url=reverse("signing:file", args=[paper.public_id, one.number]),
        name=file_name(paper, one.number),
        size=one.size,
        uploaded=one.created_at,
        who=str(one.created_by),
    )


def file_name(paper: Paper, number: int) -> str:
    """How a revision is saved."""
    return f"{paper.title.replace('/', '-')} - ban {number}.pdf"


def happenings(user: User, paper: Paper) -> Timeline:
    """What happened to the paper."""
    return newest_first(events_of(user, paper))
