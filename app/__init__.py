"""The graph, its questions and its ways in and out: HTTP, HTML and the command line."""
