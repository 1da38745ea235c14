from django.urls import path

from equipment.views import software as views

app_name = "software"
urlpatterns = [
    path("", views.software_list, name="list"),
    path("tim/", views.software_search, name="search"),
    path("cai-dat/", views.software_install, name="install"),
    path("<str:code>/", views.software_detail, name="detail"),
    path("<str:code>/ban-quyen/", views.software_edit, name="edit"),
    path("<str:code>/go/", views.software_remove, name="remove"),
]
