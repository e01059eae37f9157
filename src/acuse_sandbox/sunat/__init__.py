"""The pretended SUNAT: takes, judges and remembers Peruvian documents as the real one does."""

from acuse_sandbox.sunat.service import Sunat

__all__ = ["Sunat"]
