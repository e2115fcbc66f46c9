"""Pages of results behind the staff door."""
