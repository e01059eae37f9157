"""The screens' Django app: templates and static files, no models."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Screens."""

    name = "acuse.web"
    label = "web"
