"""Backup and restore: `make` and `restore` hold the order of steps, `databases` says what is kept."""
