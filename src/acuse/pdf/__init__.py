"""The representación gráfica: a face in, a PDF/A-3 out; the same face, the same bytes."""
