"""The graph for assistants, over the Model Context Protocol: what they may ask, and how it is answered.

tools.py answers from the graph; queries.py answers SPARQL; wording.py says an answer in Vietnamese or English;
calls.py makes every fault a sentence; server.py puts them together with the resources and the prompt.
"""
