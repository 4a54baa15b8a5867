"""Many documents on the machines of a Ray cluster, and documents of object stores. Ray is an extra."""
