"""Answers the web pages' questions from logbook and published copy, and runs the web server."""
