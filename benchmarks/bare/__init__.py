"""The limit that opening a case is held against: a Django view that inserts one row and does nothing else."""
