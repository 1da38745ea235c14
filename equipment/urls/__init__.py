from django.urls import include, path

from equipment.views.equipment import search
from equipment.views.figures import management, overview
from equipment.views.labels import scanned

urlpatterns = [
    path("", overview, name="overview"),
    path("tong-quan/cong-tac/", management, name="management"),
    path("tim-kiem/", search, name="search"),
    path("q/<str:code>/", scanned, name="scanned"),
    path("thiet-bi/nhap/", include("equipment.urls.imports")),
    path("thiet-bi/", include("equipment.urls.equipment")),
    path("tiep-nhan/", include("equipment.urls.intakes")),
    path("ban-giao/", include("equipment.urls.assignments")),
    path("phan-mem/", include("equipment.urls.software")),
    path("quan-tri/danh-muc/dinh-muc/", include("equipment.urls.norms")),
    path("quan-tri/danh-muc/", include("equipment.urls.catalogue")),
]
