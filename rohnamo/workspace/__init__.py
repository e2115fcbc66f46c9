"""The staff door: my day, search, lists, records."""
