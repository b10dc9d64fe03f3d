"""What runs, and where bytes come from and go."""
