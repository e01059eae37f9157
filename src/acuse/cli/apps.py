"""The commands' Django app: management commands, no models."""

from django.apps import AppConfig


class CliConfig(AppConfig):
    """Commands."""

    name = "acuse.cli"
    label = "cli"
