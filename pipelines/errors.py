"""Errors that a person can act on: what, why, and what to do. The command line prints them."""

from __future__ import annotations


class KneewiseError(Exception):
    """Something the user can mend; the message is complete as it stands."""


class BusyError(KneewiseError):
    """Another process is writing; what it has published can be read meanwhile."""


class OutdatedError(KneewiseError):
    """What is published was written by an earlier version; it can be made again."""
