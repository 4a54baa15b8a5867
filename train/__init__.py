"""From labelled text to released weights: fit, evaluate, promote."""
