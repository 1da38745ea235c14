from django.urls import path

from dossiers.views import download

app_name = "documents"
urlpatterns = [path("<uuid:public_id>/", download, name="download")]
