"""Lists that people kept elsewhere, brought into the logbook line by line."""
