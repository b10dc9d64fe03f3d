"""Synthetic training histories for the demo and the tests, and the generator that writes them."""
