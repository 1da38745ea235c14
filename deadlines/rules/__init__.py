"""What is due and when, by the law and the working calendar."""

from deadlines.rules.calendar import DAY, WorkingCalendar, clock_text, due_date, working_days_between
from deadlines.rules.terms import FLOW, REGULATION, TERMS, Kind, State, Step, Term, is_overdue, state_of

__all__ = [
    "DAY",
    "FLOW",
    "REGULATION",
    "TERMS",
    "Kind",
    "State",
    "Step",
    "Term",
    "WorkingCalendar",
    "clock_text",
    "due_date",
    "is_overdue",
    "state_of",
    "working_days_between",
]
