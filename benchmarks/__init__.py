"""Measurements of the product beside others: each module is one command."""
