"""The address to which a mail provider tells what came back, as tracker/urls.py has it where one is configured."""

from django.urls import include, path

urlpatterns = [path("anymail/", include("anymail.urls"))]
