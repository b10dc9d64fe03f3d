"""What one recording says about one workout: arrays in, numbers out."""
