"""What annotators need of the reading path: reports read and labelled beforehand."""
