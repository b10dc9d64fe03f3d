"""What we conclude."""
