"""Where a page draws its QR code, read from the page's own drawing commands."""

from __future__ import annotations

from pypdf import PageObject
from pypdf.generic import ContentStream

MILLIMETRE = 72 / 25.4
MODULES = 200  # a path of so many parts is a code: nothing else on the paper has a tenth of it

Matrix = tuple[float, float, float, float, float, float]
Box = tuple[float, float, float, float]  # left, bottom, right, top in mm from the lower left


def codes(page: PageObject) -> list[Box]:
    """The boxes of the codes that are drawn on the page."""
    stream = ContentStream(page.get_contents(), page.pdf)
    found: list[Box] = []
    points: list[tuple[float, float]] = []
    now: Matrix = (1, 0, 0, 1, 0, 0)
    kept: list[Matrix] = []
    parts = 0
    for operands, operator in stream.operations:
        numbers = [float(one) for one in operands] if operator in (b"cm", b"m", b"l") else []
        if operator == b"q":
            kept.append(now)
        elif operator == b"Q":
            now = kept.pop()
        elif operator == b"cm":
            now = _combined(numbers, now)
        elif operator in (b"m", b"l"):
            parts += operator == b"m"
            points.append(_moved(numbers[0], numbers[1], now))
        elif operator in (b"f", b"f*", b"S", b"B", b"n", b"W"):
            if operator in (b"f", b"f*") and parts >= MODULES:
                found.append(_box(points))
            points, parts = [], 0
    return found


def _combined(inner: list[float], outer: Matrix) -> Matrix:
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return (
        a * p + b * r,
        a * q + b * s,
        c * p + d * r,
        c * q + d * s,
        e * p + f * r + t,
        e * q + f * s + u,
    )


def _moved(x: float, y: float, by: Matrix) -> tuple[float, float]:
    a, b, c, d, e, f = by
    return x * a + y * c + e, x * b + y * d + f


def _box(points: list[tuple[float, float]]) -> Box:
    across, up = zip(*points, strict=True)
    left, bottom, right, top = (
        round(side / MILLIMETRE, 1) for side in (min(across), min(up), max(across), max(up))
    )
    return left, bottom, right, top
