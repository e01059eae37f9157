"""The screens, one folder each: parse, one verb of flow, render."""
