"""Everything that an athlete has: taken out whole, put back elsewhere, deleted with a receipt."""
