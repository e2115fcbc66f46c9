"""The ledger of what was done: one service, for a person, a code or a group, in a place, on a day."""
