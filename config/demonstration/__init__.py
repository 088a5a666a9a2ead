"""The demonstration register: made-up persons, sent in as their reporters would have done. Nothing else imports it."""
