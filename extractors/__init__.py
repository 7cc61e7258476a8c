"""Vietnamese news articles in, claims with evidence out: pure functions, no network, no graph, no clock."""
