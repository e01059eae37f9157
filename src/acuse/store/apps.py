"""The one Django app that has models."""

from django.apps import AppConfig


class StoreConfig(AppConfig):
    """Everything that Acuse remembers."""

    name = "acuse.store"
    label = "store"
