"""Matching the tables of others to the things of the graph: the Reconciliation Service API 0.2.

Rules read at https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/; OpenRefine is the client
that most people have. Clients of version 0.1 are answered too where they read across origins by CORS; JSONP, which 0.2
leaves to the service, is not offered: it runs what a service sends as a script in the page of another.
"""
