"""What lies around all routes: request log, headers of every answer, and whom the server answers for."""
