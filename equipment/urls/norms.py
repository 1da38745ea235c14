from django.urls import path

from equipment.views import norms as views

app_name = "norms"
urlpatterns = [
    path("", views.set_list, name="list"),
    path("<str:code>/", views.set_detail, name="detail"),
    path("<str:code>/sua/", views.set_edit, name="edit"),
    path("<str:code>/bo-moi/", views.set_copy, name="copy"),
    path("<str:code>/chuc-danh/", views.set_groups, name="groups"),
    path("<str:code>/them/", views.norm_add, name="add"),
    path("<str:code>/<int:pk>/", views.norm_detail, name="norm"),
    path("<str:code>/<int:pk>/sua/", views.norm_edit, name="norm_edit"),
]
