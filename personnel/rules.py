"""States of a person at a unit, where what is known of people comes from, and how a run of the feed ended."""

from django.db import models

from core.workflow import Workflow


class EmployeeState(models.TextChoices):
    WORKING = "working", "Đang làm việc"
    MOVED = "moved", "Chuyển công tác"
    RETIRED = "retired", "Nghỉ hưu"
    LEFT = "left", "Thôi việc"


class Source(models.TextChoices):
    HR = "hr", "Phần mềm quản lý nhân sự"
    FILE = "file", "Nhập từ tệp"
    HAND = "hand", "Nhập trực tiếp"


class RunState(models.TextChoices):
    OK = "ok", "Thành công"
    UNCHANGED = "unchanged", "Không có gì mới"
    PARTLY = "partly", "Có bản ghi lỗi"
    FAILED = "failed", "Không đồng bộ được"


# Whoever went may come back, and a wrong entry is put right: every state may follow every other.
FLOW = Workflow(
    EmployeeState,
    {state: frozenset(set(EmployeeState.values) - {state}) for state in EmployeeState.values},
)

GONE = frozenset({EmployeeState.MOVED, EmployeeState.RETIRED, EmployeeState.LEFT})
"""The unit has to get back what such a person holds there (art. 7)."""

EVENTS = {
    EmployeeState.MOVED: "employee.moved",
    EmployeeState.RETIRED: "employee.retired",
    EmployeeState.LEFT: "employee.left",
    EmployeeState.WORKING: "employee.returned",
}
"""What is recorded under the unit that the person leaves, or comes back to."""
