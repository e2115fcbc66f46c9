"""Countries, regions, districts, crossings: with their names in three languages and by date."""
