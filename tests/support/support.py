"""Requests for the tests, by the real actions."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from deadlines.models import Obligation
from support.actions import asking, steps
from support.models import SupportRequest


def asked(by, *, subject="Không in được tem", text="Bấm In tem thì báo lỗi.", topic="usage", **more):
    return asking.ask(topic=topic, subject=subject, text=text, by=by, **more)


def fresh(request):
    return SupportRequest.objects.select_related("unit", "partner", "asked_by").get(pk=request.pk)


def answered(request, by, text="Chọn khổ giấy A4 rồi in lại."):
    return steps.answer(fresh(request), text=text, by=by, version=fresh(request).version)


def asked_back(request, by, text="Máy in loại nào?"):
    return steps.ask_back(fresh(request), text=text, by=by, version=fresh(request).version)


def replied(request, by, text="HP 1020."):
    return steps.reply(fresh(request), text=text, by=by, version=fresh(request).version)


def reopened(request, by, text="Vẫn lỗi."):
    return steps.reopen(fresh(request), text=text, by=by, version=fresh(request).version)


def escalated(request, by, reason="Cần sửa phần mềm"):
    return steps.escalate(fresh(request), reason=reason, by=by, version=fresh(request).version)


def closed(request, by, text=""):
    return steps.close(fresh(request), text=text, by=by, version=fresh(request).version)


def owed(request):
    """What is owed on it, in the order of its askings: (unit, state)."""
    rows = Obligation.objects.filter(subject_label=request.number).order_by("pk").select_related("unit")
    return [(row.unit.code, row.state) for row in rows]


def local(moment):
    return timezone.localtime(moment)


def picture(kind="PNG", size=(40, 30), name="man-hinh.png", **info):
    out = io.BytesIO()
    Image.new("RGB", size, (20, 60, 120)).save(out, kind, **info)
    return SimpleUploadedFile(name, out.getvalue())
