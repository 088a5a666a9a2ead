"""Open data with differential privacy: a synthesiser, counts with noise of known size, and how near both are. No database."""
