"""How good a model is: scores, groups, intervals, confusion, calibration, and its worst errors as a page."""
