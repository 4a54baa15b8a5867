"""Results as tables for research: a row a fact, a row a report, what is comparable, what to look at first."""
