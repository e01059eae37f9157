"""Log-in: allauth's views, our own templates and rules."""
