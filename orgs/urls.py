from django.urls import path

from orgs import views

app_name = "orgs"
urlpatterns = [
    path("", views.unit_tree, name="tree"),
    path("tim/", views.unit_search, name="search"),
    path("<str:code>/", views.unit_detail, name="detail"),
]
