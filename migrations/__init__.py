"""The history of the tables: one frozen step a file under `versions/`."""
