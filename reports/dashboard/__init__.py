"""The web pages: an athlete's own view, a coach's view of what was shared, and who may see what."""
