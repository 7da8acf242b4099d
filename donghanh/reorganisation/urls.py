"""Addresses of the room of reorganisation."""

from __future__ import annotations

from django.urls import path

from donghanh.reorganisation import views

app_name = "reorganisation"

urlpatterns = [
    path("to-chuc/", views.trees, name="trees"),
    path("to-chuc/nhanh/<int:unit>", views.branch, name="branch"),
]
