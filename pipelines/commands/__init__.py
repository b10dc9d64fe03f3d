"""The commands of ``kneewise``, by what they are about. Heavy imports happen inside them."""
