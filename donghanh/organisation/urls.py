"""Addresses of the room of organisation."""

from __future__ import annotations

from django.urls import path

from donghanh.organisation import views

app_name = "organisation"

urlpatterns = [path("chuc-vu", views.choose_post, name="choose_post")]
