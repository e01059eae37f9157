"""QR codes as one SVG path: a path draws five milliseconds faster than its squares (P4)."""

from __future__ import annotations

import segno

MASK = 4  # fixed: trying all eight costs more than the rest of the code together
QUIET = 2  # modules; the paper around it is white too


def svg(content: str, *, error: str = "q") -> str:
    """The code as an SVG drawing in black; error level q is what Peru demands (peru.md 7)."""
    matrix = segno.make_qr(content, error=error, mask=MASK, boost_error=False).matrix
    size = len(matrix) + 2 * QUIET
    runs = []
    for y, row in enumerate(matrix, start=QUIET):
        x = 0
        while x < len(row):
            if not row[x]:
                x += 1
                continue
            start = x
            while x < len(row) and row[x]:
                x += 1
            runs.append(f"M{start + QUIET} {y}h{x - start}v1h-{x - start}z")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" '
        f'shape-rendering="crispEdges"><path d="{"".join(runs)}"/></svg>'
    )
