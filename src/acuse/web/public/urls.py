"""Below /d/: each address holds a token."""

from __future__ import annotations

from django.urls import path

from acuse.flow.public_pages import PIXEL
from acuse.web.public import views

urlpatterns = [
    path("<str:token>", views.page, name="public_page"),
    path("<str:token>/", views.page),  # as some programs rewrite addresses
    path("<str:token>/visto", views.seen, name="public_seen"),
    path(f"<str:token>/{PIXEL}", views.pixel, name="public_pixel"),
    path("<str:token>/<str:name>", views.file, name="public_file"),
]
