"""Software with its seats and installations, as lists and pages ask for it."""

from django.db.models import Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Greatest

from accounts.models import User
from equipment.models import Category, Equipment, Installation, SoftwareLicence
from equipment.rules.figures import OFF_THE_BOOKS


def software_of(user: User) -> QuerySet[Equipment]:
    """Software items on the books that the account sees, with how many computers run each (`used`, `over`)."""
    running = (
        Installation.objects.filter(licence__software=OuterRef("pk"), removed_on=None)
        .order_by()
        .values("licence__software")
        .annotate(n=Count("pk"))
        .values("n")
    )
    kinds = list(Category.objects.filter(software=True).order_by().values_list("pk", flat=True))
    rows = Equipment.objects.visible_to(user).filter(category__in=kinds).exclude(status__in=OFF_THE_BOOKS)
    used = Coalesce(Subquery(running, output_field=IntegerField()), 0)
    return rows.annotate(used=used).annotate(over=Greatest(F("used") - F("licence__seats"), 0))


def overused(rows: QuerySet) -> QuerySet:
    """Of these, the items that run on more computers than their licence allows."""
    return rows.filter(licence__seats__isnull=False, used__gt=F("licence__seats"))


def with_free_seats(rows: QuerySet) -> QuerySet:
    """Of these, the items that may still be installed somewhere."""
    return rows.filter(Q(licence__seats__isnull=True, licence__isnull=False) | Q(used__lt=F("licence__seats")))


def installations_of(user: User, software: Equipment) -> QuerySet[Installation]:
    """Where the software runs and ran, and whether the account sees (`seen`) the computer still."""
    computers = Equipment.objects.visible_to(user).filter(pk=OuterRef("computer"))
    return Installation.objects.visible_to(user).filter(licence__software=software).annotate(seen=Exists(computers))


def installations_on(user: User, computer: Equipment) -> QuerySet[Installation]:
    """What runs and ran on the computer, its version, and whether the account sees (`seen`) the software still."""
    licences = SoftwareLicence.objects.visible_to(user).filter(pk=OuterRef("licence"))
    version = Coalesce(Subquery(licences.values("current_version")[:1]), Value(""))
    return (
        Installation.objects.visible_to(user).filter(computer=computer).annotate(seen=Exists(licences), version=version)
    )
