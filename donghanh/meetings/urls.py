"""Addresses of the room of meetings."""

from __future__ import annotations

from django.urls import path

from donghanh.meetings import views

app_name = "meetings"

urlpatterns = [
    path("con-duong/hop/", views.meetings, name="list"),
    path("con-duong/hop/moi/", views.plan, name="plan"),
    path("con-duong/hop/so-sach/<slug:name>.xlsx", views.register, name="register"),
    path("con-duong/<int:dossier_id>/muc-luc.docx", views.contents, name="contents"),
    path("con-duong/hop/<int:meeting_id>/", views.meeting, name="meeting"),
    path("con-duong/hop/<int:meeting_id>/co-mat/", views.attendance, name="attendance"),
    path("con-duong/hop/<int:meeting_id>/them/", views.agenda, name="agenda"),
    path("con-duong/hop/<int:meeting_id>/huy/", views.cancel, name="cancel"),
    path("con-duong/hop/<int:meeting_id>/ket-thuc/", views.close, name="close"),
    path("con-duong/hop/<int:meeting_id>/giay/<slug:slug>.docx", views.paper, name="paper"),
    path("con-duong/hop/<int:meeting_id>/<int:item_id>/", views.item, name="item"),
    path("con-duong/hop/<int:meeting_id>/<int:item_id>/bo/", views.drop, name="drop"),
]
