"""Looking at one target through readers: what is needed always, and what a decision asks for."""
