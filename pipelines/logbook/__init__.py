"""What people told us: athletes, injuries, shoes, check-ins, and what we already told them."""
