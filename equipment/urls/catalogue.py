from django.urls import path

from equipment.views import catalogue as views
from equipment.views import wear

app_name = "catalogue"


def _pages(section: views.Section, folder: str, key: str) -> list:
    name, entry = section.name, f"{folder}/<{key}:key>/"
    return [
        path(f"{folder}/", views.entry_list(section), name=section.names),
        path(f"{folder}/moi/", views.entry_create(section), name=f"{name}_create"),
        path(entry, views.entry_detail(section), name=name),
        path(f"{entry}sua/", views.entry_edit(section), name=f"{name}_edit"),
        path(f"{entry}ngung-dung/", views.entry_close(section), name=f"{name}_close"),
        path(f"{entry}dung-lai/", views.entry_reopen(section), name=f"{name}_reopen"),
    ]


urlpatterns = [
    *_pages(views.CATEGORIES, "loai", "str"),
    *_pages(views.BRANDS, "hang", "int"),
    *_pages(views.MODELS, "mau", "int"),
    path("hao-mon/", wear.rate_list, name="rates"),
    path("hao-mon/moi/", wear.rate_create, name="rate_create"),
    path("hao-mon/<int:key>/", wear.rate_detail, name="rate"),
    path("hao-mon/<int:key>/sua/", wear.rate_edit, name="rate_edit"),
    path("hao-mon/che-do/", wear.regime_list, name="regimes"),
    path("hao-mon/che-do/moi/", wear.regime_create, name="regime_create"),
    path("hao-mon/che-do/<int:key>/", wear.regime_detail, name="regime"),
    path("hao-mon/che-do/<int:key>/sua/", wear.regime_edit, name="regime_edit"),
]
