"""Addresses of the desk."""

from __future__ import annotations

from django.urls import path

from donghanh.desk import views

app_name = "desk"

urlpatterns = [
    path("", views.desk, name="desk"),
    path("tim", views.search, name="search"),
]
