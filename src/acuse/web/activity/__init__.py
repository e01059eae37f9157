"""A document's Actividad, alive while it is open."""
