"""Addresses of the room of reorganisation."""

from __future__ import annotations

from django.urls import path

from donghanh.reorganisation import views

app_name = "reorganisation"

urlpatterns = [
    path("to-chuc/", views.trees, name="trees"),
    path("to-chuc/nhanh/<int:unit>", views.branch, name="branch"),
    path("to-chuc/sap-xep/", views.operations, name="operations"),
    path("to-chuc/sap-xep/moi/<slug:what>", views.reorganise, name="reorganise"),
    path("to-chuc/sap-xep/<int:number>/hoan-tac", views.undo, name="undo"),
    path("to-chuc/tiep-nhan", views.receive, name="receive"),
]
