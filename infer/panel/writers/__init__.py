"""A table, or all of them, as a file of one format each."""
