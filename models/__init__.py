"""The released weights, each with its measured scores, and the one way to load them."""
