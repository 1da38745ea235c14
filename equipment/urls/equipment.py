from django.urls import path

from equipment.views import equipment as views
from equipment.views import labels

app_name = "equipment"
urlpatterns = [
    path("", views.equipment_list, name="list"),
    path("nhan/", labels.equipment_labels, name="labels"),
    path("nhan/khung/", labels.label_frames, name="label_frames"),
    path("so-may-trung/", views.clashes, name="clashes"),
    path("<str:code>/", views.equipment_detail, name="detail"),
    path("<str:code>/sua/", views.equipment_edit, name="edit"),
]
