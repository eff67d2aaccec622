"""What `probe.py` is made of; the name is long so that it hides no module of a user."""
