"""Hostile and broken documents, as many as wanted, and what reading them costs."""
