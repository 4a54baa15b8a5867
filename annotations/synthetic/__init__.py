"""Synthetic reports: sentence patterns with labelled slots, consistent numbers, forms in every layout, noise."""
