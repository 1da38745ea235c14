from django.urls import path

from ui import views

app_name = "saved_views"
urlpatterns = [
    path("", views.view_create, name="create"),
    path("<uuid:public_id>/", views.view_update, name="update"),
    path("<uuid:public_id>/mac-dinh/", views.view_default, name="default"),
    path("<uuid:public_id>/sua/", views.view_edit, name="edit"),
    path("<uuid:public_id>/xoa/", views.view_delete, name="delete"),
]
