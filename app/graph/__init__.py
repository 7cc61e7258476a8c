"""The graph: vocabulary, quads, fusion of claims into events, the store and its snapshots."""
