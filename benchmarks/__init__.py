"""How fast Acuse is, as ratios taken in one run (performance.md): `make bench`."""
