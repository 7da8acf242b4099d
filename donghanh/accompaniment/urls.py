"""Addresses of the room of accompaniment."""

from __future__ import annotations

from django.urls import path

from donghanh.accompaniment.views import clubs, own, staff

app_name = "accompaniment"

_HERE = "con-duong/dong-hanh/"
_OWN = "cua-em/<slug:code>/"

urlpatterns = [
    path(_HERE, staff.overview, name="overview"),
    path(f"{_HERE}giao", staff.give, name="give"),
    path(f"{_HERE}mau/", staff.models, name="models"),
    path(f"{_HERE}thu-thach/<int:challenge_id>/", staff.challenge, name="challenge"),
    path(f"{_HERE}cau-lac-bo/lap", clubs.found, name="found"),
    path(f"{_HERE}cau-lac-bo/<int:club_id>/", clubs.club, name="club"),
    path(f"{_HERE}cau-lac-bo/<int:club_id>/moi", clubs.invite, name="invite_members"),
    path(f"{_HERE}cau-lac-bo/<int:club_id>/buoi", clubs.meet, name="meeting"),
    path("con-duong/<int:dossier_id>/dong-hanh/", staff.pupil, name="pupil"),
    path("con-duong/<int:dossier_id>/dong-hanh/ghi-chu", staff.note, name="note"),
    path("con-duong/<int:dossier_id>/dong-hanh/nhan-xet", staff.comment, name="comment"),
    path(f"{_OWN}dong-hanh/", own.page, name="own"),
    path(f"{_OWN}thu-thach/<int:challenge_id>/", own.challenge, name="own_challenge"),
    path(f"{_OWN}thu-thach/<int:challenge_id>/nhan", own.accept, name="accept"),
    path(f"{_OWN}thu-thach/<int:challenge_id>/thoi", own.decline, name="decline"),
    path(f"{_OWN}thu-thach/<int:challenge_id>/ke", own.tell, name="tell"),
    path(f"{_OWN}thu-thach/<int:challenge_id>/xong", own.finish, name="finish"),
    path(f"{_OWN}ghi-chu/<int:note_id>/", own.note, name="own_note"),
    path(f"{_OWN}cau-lac-bo/<int:club_id>/<slug:what>", own.club, name="own_club"),
]
