"""The logbook's history of shapes, oldest first."""
