"""A step that can't be taken now is answered where it is opened, before anything is typed."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from core.http import Request
from yearend.kinds import REPORT
from yearend.models import AnnualReport
from yearend.rules import State
from yearend.rules.steps import obstacle


def stopped(request: Request, report: AnnualReport, step: str, *, told: str = "") -> HttpResponse | None:
    """Back to the report with its state and what to do; None where the step may be taken.

    `told`: what else stands against it. What is posted goes on to the action, which knows who was quicker and keeps
    what was typed.
    """
    told = obstacle(step, number=report.number, state=State(report.state)) or told
    if request.method == "POST" or not told:
        return None
    messages.error(request, told)
    return redirect(REPORT.url("detail", report))
