"""From triggers, dates and states of a sentence to claims: one module a family of facts."""
