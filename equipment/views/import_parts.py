"""What the page of an import is made of."""

from functools import partial
from typing import Any

from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils import timezone

from core.http import Request
from equipment import blocks
from equipment.actions.imports import APPLY, CHECK, ERRORS, READ
from equipment.importing.faults import LABELS, FaultKind
from equipment.importing.fields import all_fields
from equipment.importing.matching import Column
from equipment.importing.summary import LISTED, letters
from equipment.models import ImportBatch
from equipment.policies import IMPORT_CHECKS
from equipment.rules.imports import IMPORT_TONES, ImportState
from jobs.blocks import job_panel
from jobs.models import Job, JobFile
from jobs.rules import State
from ui.actions import Action
from ui.blocks import Section, Status, Step, Stepper
from ui.links import Link
from ui.records import Tab

STEPS = ("Tải tệp", "Ghép cột", "Xem trước", "Nhập")
DOING = {READ: "Đang đọc tệp", CHECK: "Đang kiểm tra", APPLY: "Đang nhập"}


class Parts:
    """The pieces of one page: what is seen, and what this person may do next."""

    def __init__(self, request: Request, batch: ImportBatch) -> None:
        self.request, self.batch = request, batch
        self.mine = batch.created_by_id == request.user.pk
        self.job = self._job()
        self.working = self.job is not None and self.job.active
        if self.job is not None and not self.working:
            # It may have ended since the batch was read, and nothing would have the page loaded anew.
            self.batch.refresh_from_db()
        self.may = {action for action, check in IMPORT_CHECKS.items() if check(request.user, batch)}
        self.errors = self._errors_file()

    def _job(self) -> Job | None:
        if not self.batch.job or not self.mine:
            return None
        return Job.objects.owned_by(self.request.user).filter(public_id=self.batch.job).first()

    def _errors_file(self) -> JobFile | None:
        """The faulty rows, for who brought them."""
        done = self.batch.state == ImportState.DONE
        key = self.batch.job if done else self.batch.report.get("job")
        if not key or not self.mine or not self.batch.faulty:
            return None
        files = JobFile.objects.owned_by(self.request.user).filter(job__public_id=key, purpose=ERRORS)
        return files.order_by("-id").first()

    def url(self, name: str) -> str:
        return reverse(f"imports:{name}", args=[self.batch.number])

    def status(self) -> Status:
        """Where the batch stands, or what is being done to it."""
        if self.working and self.job is not None:
            return Status(DOING[self.job.kind], "info")
        state = ImportState(self.batch.state)
        return Status(state.label, IMPORT_TONES[state])  # type: ignore[arg-type]  # tones of the kit

    def stepper(self) -> Stepper:
        """Where the batch stands among its steps."""
        batch = self.batch
        reached = {ImportState.UPLOADED: 0, ImportState.MATCHING: 1, ImportState.CHECKED: 2, ImportState.DONE: 4}
        uploaded = timezone.localtime(batch.created_at).date()
        steps = [Step(STEPS[0], "done", when=uploaded, who=str(batch.created_by or ""))]
        if batch.state in {ImportState.FAILED, ImportState.CANCELLED}:
            return Stepper([*steps, Step(batch.get_state_display(), "stopped")])
        now = max(1, reached[ImportState(batch.state)])
        if self.working and self.job is not None:
            now = list(DOING).index(self.job.kind) + 1
        for at, name in enumerate(STEPS[1:], start=1):
            when = timezone.localtime(batch.finished_at).date() if batch.finished_at and at == len(STEPS) - 1 else None
            steps.append(Step(name, "done" if at < now else "now" if at == now else "ahead", when=when))
        return Stepper(steps)

    def head(self) -> list[object]:
        """The steps, the work that goes on, what it found."""
        found: list[object] = [self.stepper()]
        if self.job is not None and (self.working or self.job.state in {State.FAILED, State.CANCELLED}):
            found.append(job_panel(self.job, get_token(self.request)))
        if not self.working:
            found.append(Section("equipment/import_state.html", self._state()))
        return found

    def _state(self) -> dict[str, Any]:
        batch = self.batch
        return {
            "batch": batch,
            "parts": self,
            "state": str(batch.state),
            "csrf_token": get_token(self.request),
            "understood": sum(bool(column["field"]) for column in batch.columns),
            "valid": batch.fresh + batch.changed,
            "devices": f"{reverse('equipment:list')}?batch={batch.number}",
            "create": reverse("imports:create"),
        }

    def actions(self) -> list[Action | Link]:
        """What may be done now. Bringing in has its own buttons, beside what it will do."""
        if self.working:
            return []
        steps: list[Action | Link] = []
        if "match" in self.may:
            again = self.batch.state == ImportState.CHECKED
            label, style = ("Ghép lại cột", "secondary") if again else ("Ghép cột", "primary")
            steps.append(Action(label, self.url("match"), style=style, icon="columns-3", method="get"))  # type: ignore[arg-type]  # one of the styles
        if "check" in self.may and self.batch.state == ImportState.CHECKED:
            steps.append(Action("Kiểm tra lại", self.url("check"), icon="refresh"))
        if "cancel" in self.may:
            steps.append(Action("Hủy đợt nhập", self.url("cancel"), style="danger", icon="ban", method="get"))
        return steps

    def tabs(self) -> list[Tab]:
        """Faults, changes, columns, what happened; what there is nothing of is left out."""
        batch = self.batch
        tabs = []
        if batch.faulty:
            tabs.append(Tab("loi", "Dòng lỗi", partial(self._faults), count=batch.faulty))
        if batch.report.get("changes"):
            tabs.append(Tab("thay-doi", "Thay đổi", partial(self._changes), count=batch.changed))
        if batch.columns:
            tabs.append(Tab("cot", "Cột", partial(self._columns), count=len(batch.columns)))
        if batch.report.get("skipped"):
            tabs.append(Tab("bo-qua", "Dòng bỏ qua", partial(self._skipped), count=batch.report["skipped"]))
        tabs.append(Tab("dien-bien", "Diễn biến", partial(blocks.import_timeline, self.request.user, batch)))
        return tabs

    def _faults(self) -> Section:
        report = self.batch.report
        kinds = [(LABELS[FaultKind(kind)], count) for kind, count in report.get("kinds", {}).items()]
        total = sum(report.get("kinds", {}).values())
        context = {"faults": report["faults"], "kinds": kinds, "total": total, "cut": total > len(report["faults"])}
        return Section("equipment/import_faults.html", context)

    def _changes(self) -> Section:
        changes = self.batch.report["changes"]
        return Section("equipment/import_changes.html", {"changes": changes, "cut": len(changes) >= LISTED})

    def _columns(self) -> Section:
        fields = all_fields([column["field"].removeprefix("attr:") for column in self.batch.columns])
        rows = [
            {
                "letter": letters(column.index),
                "header": column.header,
                "meaning": fields[column.field].label if column.field in fields else "",
                "samples": [after for _, after in column.read_samples],
            }
            for column in map(Column.of, self.batch.columns)
        ]
        return Section("equipment/import_columns.html", {"rows": rows})

    def _skipped(self) -> Section:
        report = self.batch.report
        return Section("equipment/import_skipped.html", {"lines": report["skipped_lines"], "count": report["skipped"]})
