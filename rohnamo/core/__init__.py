"""What every floor stands on: keys, encrypted fields, audit, changes, files, periods, errors."""
