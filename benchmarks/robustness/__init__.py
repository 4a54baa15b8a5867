"""Faults of real texts at increasing strength, and what they do to what is read."""
