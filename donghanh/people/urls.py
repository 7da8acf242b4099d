"""Addresses of the room of people."""

from __future__ import annotations

from django.urls import path

from donghanh.people import views

app_name = "people"

urlpatterns = [
    path("con-duong/moi", views.invite, name="invite"),
    path("con-duong/moi/<int:invitation_id>/ma-moi", views.renew, name="renew"),
    path("tham-gia", views.enter, name="enter"),
    path("tham-gia/<slug:code>/", views.join, name="join"),
    path("tham-gia/<slug:code>/khong", views.decline, name="decline"),
    path("cua-em/<slug:code>/dung-lai", views.stop, name="stop"),
]
