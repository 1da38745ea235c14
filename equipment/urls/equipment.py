from django.urls import path

from equipment.views import equipment as views

app_name = "equipment"
urlpatterns = [
    path("", views.equipment_list, name="list"),
    path("nhan/", views.equipment_labels, name="labels"),
    path("so-may-trung/", views.clashes, name="clashes"),
    path("<str:code>/", views.equipment_detail, name="detail"),
    path("<str:code>/sua/", views.equipment_edit, name="edit"),
]
