"""What goes on in a fleet, for people and for programs."""
