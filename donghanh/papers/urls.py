"""Addresses of the room of papers."""

from __future__ import annotations

from django.urls import path

from donghanh.papers import views

app_name = "papers"

_DOSSIER = "con-duong/<int:dossier_id>/giay-to"

urlpatterns = [
    path(f"{_DOSSIER}/", views.listing, name="listing"),
    path(f"{_DOSSIER}/muc-luc.xlsx", views.export, name="export"),
    path(f"{_DOSSIER}/giay/<str:form>/<int:act_number>/", views.note, name="note"),
    path(f"{_DOSSIER}/gui-len", views.send, name="send"),
    path(f"{_DOSSIER}/da-nhan", views.receive, name="receive"),
    path(f"{_DOSSIER}/tra-lai", views.give_back, name="give_back"),
    path(f"{_DOSSIER}/thu/moi", views.letter, name="letter"),
    path(f"{_DOSSIER}/thu/<int:letter_id>/tra-loi", views.answer, name="answer"),
]
