"""Thematic areas, projects, partners and sources, services, money, membership."""
