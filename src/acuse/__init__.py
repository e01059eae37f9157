"""Acuse: electronic documents issued, judged, mailed once and followed."""
