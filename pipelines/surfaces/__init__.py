"""What runs were on, from a map that the user supplies: the only place that knows OpenStreetMap files."""
