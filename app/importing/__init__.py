"""Facts that others hold, brought into the graph: Wikidata's, and those of another banggiao graph."""
