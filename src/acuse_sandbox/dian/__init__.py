"""The pretended DIAN: takes, judges and remembers Colombian documents as the real one does."""

from acuse_sandbox.dian.service import Dian

__all__ = ["Dian"]
