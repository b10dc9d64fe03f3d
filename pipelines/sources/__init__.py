"""Where workouts come from: bytes in, recordings or a named error out."""
