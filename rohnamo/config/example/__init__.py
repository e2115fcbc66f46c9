"""Example content: people, services and accounts that are made up, for `rohnamo demo`. Nobody here exists."""
