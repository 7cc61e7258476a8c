"""The checker: what a draft says wrongly of relations between states, with the evidence for each finding.

One way through: a draft is read (`drafts`), what the graph holds of it is fetched once (`known`), pure rules compare
the two (`contradictions`, `partnerships`, `counts`, `calendar_days`, `names`), and `checks` puts their findings
together.
"""
