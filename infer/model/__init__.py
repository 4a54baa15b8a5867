"""The token classifier in the reading path: what of a text it reads, and its spans beside those of the rules."""
