"""The labelled text: what a label means, and the reports that people have marked with it."""
