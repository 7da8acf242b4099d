"""Every address: each room brings its own."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

#: Rooms join here, one line each; a room writes the whole of its paths itself.
urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("donghanh.accounts.urls")),
    path("", include("donghanh.organisation.urls")),
    path("", include("donghanh.desk.urls")),
    path("", include("donghanh.pictures.urls")),
    path("", include("donghanh.people.urls")),
    path("", include("donghanh.accompaniment.urls")),
    path("", include("donghanh.pool.urls")),
    path("", include("donghanh.dossiers.urls")),
    path("", include("donghanh.forecast.urls")),
    path("", include("donghanh.targets.urls")),
    path("", include("donghanh.meetings.urls")),
    path("", include("donghanh.papers.urls")),
    path("", include("donghanh.classes.urls")),
    path("", include("donghanh.handover.urls")),
    path("", include("donghanh.promotion.urls")),
    path("", include("donghanh.activities.urls")),
    path("", include("donghanh.practices.urls")),
    path("", include("donghanh.campaigns.urls")),
    path("", include("donghanh.voices.urls")),
    path("", include("donghanh.news.urls")),
    path("", include("donghanh.indicators.urls")),
    path("", include("donghanh.reports.urls")),
    path("", include("donghanh.oversight.urls")),
    path("", include("donghanh.ownfile.urls")),
    path("", include("donghanh.duplicates.urls")),
    path("", include("donghanh.openfigures.urls")),
    path("", include("donghanh.directives.urls")),
    path("", include("donghanh.rulebook.urls")),
    path("", include("donghanh.reorganisation.urls")),
    path("", include("donghanh.web.urls")),
]
