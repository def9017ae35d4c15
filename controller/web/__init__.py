"""What is served over HTTP: it renders the values that it is handed."""
