"""What gongkai is worth, measured: scores on real reports, throughput, memory, size."""
