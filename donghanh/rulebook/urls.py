"""Addresses of the rulebook."""

from __future__ import annotations

from django.urls import path

from donghanh.rulebook import views

app_name = "rulebook"

urlpatterns = [
    path("quy-dinh/", views.day, name="day"),
    path("quy-dinh/buoc/", views.road, name="road"),
    path("quy-dinh/buoc/<slug:code>/", views.step, name="step"),
    path("quy-dinh/gia-tri/<str:name>/", views.rule, name="rule"),
    path("quy-dinh/gia-tri/<str:name>/doi-chieu", views.check, name="check"),
    path("quy-dinh/so-sanh", views.compare, name="compare"),
    path("quy-dinh/bieu-mau", views.forms, name="forms"),
    path("quy-dinh/doi-chieu", views.doubts, name="doubts"),
    path("quy-dinh/sua-doi/", views.amendments, name="amendments"),
    path("quy-dinh/sua-doi/xuat", views.export, name="export"),
    path("quy-dinh/sua-doi/moi", views.draft, name="draft"),
    path("quy-dinh/sua-doi/moi/gia-tri", views.add_value, name="add_value"),
    path("quy-dinh/sua-doi/moi/thoi-ky", views.add_regime, name="add_regime"),
    path("quy-dinh/sua-doi/moi/nam-lich", views.add_year, name="add_year"),
    path("quy-dinh/sua-doi/<int:number>/", views.amendment, name="amendment"),
    path("quy-dinh/sua-doi/<int:number>/toml", views.text, name="text"),
    path("quy-dinh/sua-doi/<int:number>/rut", views.withdraw, name="withdraw"),
]
