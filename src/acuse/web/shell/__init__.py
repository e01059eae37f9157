"""The frame around every screen: rail, company switcher, environment ribbon."""
