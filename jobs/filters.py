import django_filters

from jobs.models import Job
from jobs.rules import State
from ui.filters import KitFilterSet


class JobFilter(KitFilterSet):
    state = django_filters.MultipleChoiceFilter(label="Trạng thái", choices=State, distinct=False)

    class Meta:
        model = Job
        fields: list[str] = []
