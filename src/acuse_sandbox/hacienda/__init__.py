"""The pretended Ministerio de Hacienda: takes, judges and remembers Costa Rican documents."""

from acuse_sandbox.hacienda.service import Hacienda

__all__ = ["Hacienda"]
