"""Who is told of an obligation at each of its steps."""

from collections.abc import Collection
from functools import lru_cache

from accounts import queries as accounts
from accounts.models import User
from deadlines.rules import Kind, Step
from notices.rules import Topic
from orgs.models import OrgUnit
from orgs.queries import it_center, superiors
from orgs.rules import Grant

Heard = tuple[User, Topic, Step]


class Audience:
    """The people of some units and of those above them, read once: some queries, however many units."""

    def __init__(self, units: Collection[int], helping: Collection[int]) -> None:
        """`units` owe something; those of them in `helping` owe an answer to a request for help."""
        self.center = it_center()
        self._above = superiors()
        above = {self.above(unit) for unit in units} - {None}
        over = {unit.pk for unit in (*above, self.center) if unit is not None}
        self._recorders = accounts.recorders(units)
        self._over = accounts.staff(over, Grant.SUPERVISE)
        self._helpers = accounts.staff(helping, Grant.ANSWER_SUPPORT) if helping else {}
        self.of = lru_cache(maxsize=None)(self._of)

    def above(self, unit: int) -> OrgUnit | None:
        """Who hears when the unit is late: its superior; the IT Center hears of itself, as there is nobody above."""
        return self._above.get(unit, self.center)

    def doers(self, unit: int, kind: str) -> list[User]:
        """Whose work it is: whoever answers requests for help, and whoever records for everything else."""
        return (self._helpers if kind == Kind.SUPPORT else self._recorders).get(unit, [])

    def _superiors(self, unit: int) -> list[User]:
        """The staff of the unit above; where it has nobody, that of the IT Center."""
        above = self.above(unit)
        return self._over.get(above.pk if above else 0) or self._watchers()

    def _watchers(self) -> list[User]:
        return self._over.get(self.center.pk, []) if self.center else []

    def _of(self, unit: int, kind: str, first: Step, last: Step) -> list[Heard]:
        """Everybody who hears of a step from `first` to `last`, each once: of the latest one that is for them.

        Nobody can say that they didn't know: where nobody does the work, the superior hears as soon as it is late.
        """
        doers, heard = self.doers(unit, kind), dict[int, Heard]()
        for step in Step:
            if not first <= step <= last:
                continue
            if step == Step.SUPERIOR or (step == Step.OVERDUE and not doers):
                heard |= {user.pk: (user, Topic.ESCALATION, step) for user in self._superiors(unit)}
            elif step == Step.CENTRE:
                heard |= {user.pk: (user, Topic.ESCALATION, step) for user in self._watchers()}
        return list((heard | {user.pk: (user, Topic.DEADLINE, last) for user in doers}).values())
