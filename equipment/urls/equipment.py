from django.urls import path

from equipment.views import bulk, labels
from equipment.views import equipment as views

app_name = "equipment"
urlpatterns = [
    path("", views.equipment_list, name="list"),
    path("nhan/", labels.equipment_labels, name="labels"),
    path("nhan/khung/", labels.label_frames, name="label_frames"),
    path("sua-hang-loat/", bulk.equipment_bulk, name="bulk"),
    path("sua-hang-loat/<int:stamp>/", bulk.bulk_done, name="bulk_done"),
    path("sua-hang-loat/<int:stamp>/hoan-tac/", bulk.bulk_takeback, name="bulk_undo"),
    path("so-may-trung/", views.clashes, name="clashes"),
    path("<str:code>/", views.equipment_detail, name="detail"),
    path("<str:code>/sua/", views.equipment_edit, name="edit"),
]
