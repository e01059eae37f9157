"""Where each address leads."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("cuenta/", include("allauth.urls")),
    path("api/", include("acuse.api.urls")),
    path("", include("acuse.web.urls")),
]
