"""Addresses of the room of voices."""

from __future__ import annotations

from django.urls import path

from donghanh.voices.views import public, staff

app_name = "voices"

urlpatterns = [
    path("gui-tieng-noi/", public.begin, name="begin"),
    path("gui-tieng-noi/theo-doi", public.follow, name="follow"),
    path("gui-tieng-noi/<int:school_id>/", public.write, name="write"),
    path("hoi-dap/", public.answered, name="answered"),
    path("hoi-dap/<int:publication_id>/", public.told, name="told"),
    path("tieng-noi/", staff.listing, name="listing"),
    path("tieng-noi/so-lieu/", staff.figures, name="figures"),
    path("tieng-noi/cong-khai/<int:publication_id>", staff.decide, name="decide"),
    path("tieng-noi/<int:voice_id>/", staff.page, name="page"),
    path("tieng-noi/<int:voice_id>/tra-loi", staff.answer, name="answer"),
    path("tieng-noi/<int:voice_id>/xu-ly", staff.moderate, name="moderate"),
    path("tieng-noi/<int:voice_id>/cong-khai", staff.publish, name="publish"),
]
