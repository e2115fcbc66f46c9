"""Pure computation: no Django, no database, no network; given the same input, the same answer everywhere."""
