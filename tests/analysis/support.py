"""What tests of analyses ask and read."""

from dataclasses import dataclass
from itertools import product

from django.http import QueryDict
from django.utils import timezone
from simple_history.utils import bulk_create_with_history

from analysis.actions import keeping
from analysis.asking import Reading
from analysis.models import Analysis
from analysis.pivot import answer
from analysis.shaping import Grid
from analysis.topics.parts import Frame
from core.scope import entered
from deadlines.rules.standings import Stand
from equipment.models import Category, Equipment, LedgerEntry
from equipment.rules.lifecycle import Condition, EntryKind, Status
from tests.deadlines.owing import owe
from tests.figures.stock import CATEGORIES, UNITS, furnish


@dataclass
class Asked:
    grid: Grid

    def table(self) -> dict:
        """By keys of the line and the head: the values of the first measure."""
        step = len(self.grid.question.measures)
        lines = [*self.grid.lines, self.grid.total]
        return {
            (line.key, head.key): line.cells[at * step].value
            for line in lines
            for at, head in enumerate(self.grid.heads)
        }


def ask(user, query: str = "", **asked) -> Asked:
    """What `user` is answered, within both walls."""
    data = QueryDict(query, mutable=True)
    for name, value in asked.items():
        data.setlist(name, value if isinstance(value, list) else [value])
    with entered(user.scope):
        frame = Frame(user, timezone.localdate())
        question = Reading(data, frame).question()
        return Asked(Grid(question, answer(question, frame), whole=True))


def stock(world) -> None:
    """Devices of every unit, category, status and condition, no two units alike; entries and obligations of each."""
    furnish(world)
    today, statuses = timezone.localdate(), list(Status)
    categories = [Category.objects.get(code=code) for code in CATEGORIES]
    rows = [
        Equipment(
            code=f"P-{at:04}-{n}",
            name="Máy",
            unit=world.units[unit],
            category=category,
            model=world.model if category == world.desktop else None,
            status=statuses[(at * 5 + n) % len(statuses)],
            condition=condition,
            received_on=today.replace(year=2014 + (at + n) % 13, month=1 + at % 12, day=1 + at % 28),
            original_price=1_000_000 * (at % 11) + n,
        )
        for at, (unit, category, condition) in enumerate(product(UNITS, categories, Condition))
        for n in range(1 + (at + UNITS.index(unit)) % 3)
    ]
    made = bulk_create_with_history(rows, Equipment)  # lists of the books name devices by their history
    LedgerEntry.objects.bulk_create(
        LedgerEntry(
            equipment=one,
            unit=one.unit,
            category=one.category,
            kind=kind,
            effective_date=today.replace(month=1 + at % today.month, day=1),
            quantity=sign,
            value=sign * (at % 9) * 1_000_000,
            dossier=f"SO.{at}",
        )
        for at, one in enumerate(made)
        for kind, sign in [
            (EntryKind.INTAKE, 1),
            *([(EntryKind.DISPOSAL, -1)] if at % 3 == 0 else []),
            *([(EntryKind.VALUE_CHANGE, 0)] if at % 5 == 0 else []),
        ]
    )
    for n, code in enumerate(UNITS, start=1):
        for stand in Stand:
            owe(world.units[code], stand, many=n + len(stand) % 3)


def saved(user, query: str = "", *, name: str = "Theo tỉnh", shared: bool = False, **asked) -> Analysis:
    """An analysis that `user` keeps."""
    data = QueryDict(query, mutable=True)
    data.update(asked)
    with entered(user.scope):
        question = Reading(data, Frame(user, timezone.localdate())).question()
        return keeping.save_new(question, name=name, description="", shared=shared, by=user)
