"""Tests that belong to no single app: rooms and floors, catalogues, roles, canaries, journeys, page weight."""
