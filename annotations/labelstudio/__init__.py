"""The labelling server: its page made from the scheme, documents as its tasks and back, a server of one's own."""
