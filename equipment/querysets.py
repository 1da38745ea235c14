from datetime import date, timedelta
from typing import Self

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models.expressions import RawSQL

from core.models import Document, DocumentKind
from core.scope import HasScope, ScopedQuerySet
from core.searching import containing, patterns
from equipment.rules import licences, warranty
from equipment.rules.figures import ON_THE_BOOKS
from equipment.rules.lifecycle import IntakeState


class EquipmentQuerySet(ScopedQuerySet):
    def search(self, text: str) -> Self:
        """Rows whose code, serial, name, holder, card number or model holds every word of `text`, without accents.

        The database function looks through the trigram index within the scope that is set: under row-level security
        a LIKE of ours couldn't use it.
        """
        found = self
        for pattern in patterns(text):
            found = found.filter(pk__in=RawSQL("SELECT equipment_search(%s)", [pattern]))
        return found

    def warranty_ending(self, today: date) -> Self:
        """On the books, their warranty ends within the days in which that is told of."""
        return self._ending("warranty_until", today, warranty.ENDING_DAYS)

    def support_ending(self, today: date) -> Self:
        """On the books, their maker's support ends within the days in which that is told of."""
        return self._ending("end_of_support", today, warranty.SUPPORT_DAYS)

    def licence_ending(self, today: date) -> Self:
        """Software on the books whose licence ends within the days in which that is told of."""
        return self._ending("licence__expires_on", today, licences.SOON_DAYS).filter(category__software=True)

    def _ending(self, day: str, today: date, days: int) -> Self:
        return self.filter(status__in=ON_THE_BOOKS, **{f"{day}__range": (today, today + timedelta(days=days))})

    def repeated_cards(self) -> Self:
        """On the books, with a card number that another device of the same unit has too."""
        card = {name: models.OuterRef(name) for name in ("unit", "inventory_number")}
        return self._repeated(type(self)(self.model).filter(**card).scoped(), inventory_number="")

    def repeated_serials(self, user: HasScope) -> Self:
        """On the books, with a serial that another device has which `user` sees: within one unit no two have one."""
        mine = type(self)(self.model).visible_to(user).annotate(key=models.functions.Upper("serial"))
        return self._repeated(mine.filter(key=models.functions.Upper(models.OuterRef("serial"))), serial="")

    def _repeated(self, same: models.QuerySet, **blank: str) -> Self:
        others = same.filter(status__in=ON_THE_BOOKS).exclude(pk=models.OuterRef("pk"))
        return self.filter(models.Exists(others), status__in=ON_THE_BOOKS).exclude(**blank)

    def with_serials(self, serials: list[str]) -> Self:
        """Rows that have one of the serials, whatever their case."""
        return self.annotate(serial_upper=models.functions.Upper("serial")).filter(
            serial_upper__in=[s.upper() for s in serials]
        )


class IntakeQuerySet(ScopedQuerySet):
    def drafts(self) -> Self:
        return self.filter(state=IntakeState.DRAFT)

    def lacking_papers(self) -> Self:
        """Confirmed ones without the contract, or with software and without its licence (art. 7)."""
        about = ContentType.objects.get_for_model(self.model)
        papers = Document.objects.filter(subject_type=about, subject_id=models.OuterRef("pk")).scoped()
        contract = models.Exists(papers.filter(kind=DocumentKind.CONTRACT))
        licence = models.Exists(papers.filter(kind=DocumentKind.LICENCE))
        same = type(self)(self.model).filter(pk=models.OuterRef("pk"), lines__category__software=True)
        software = models.Exists(same.scoped())
        return self.filter(~contract | (software & ~licence), state=IntakeState.CONFIRMED)

    def search(self, text: str) -> Self:
        """Rows whose number, supplier, contract or minutes hold every word of `text`, without accents."""
        return containing(self, text, ("number", "supplier", "contract_number", "minutes_number"))


class IntakeLineQuerySet(ScopedQuerySet):
    def for_form(self) -> Self:
        return self.select_related("category", "model__brand")


class TallyQuerySet(ScopedQuerySet):
    def devices(self) -> int:
        """How many devices the lines add up to."""
        return self.aggregate(n=models.Sum("quantity"))["n"] or 0
