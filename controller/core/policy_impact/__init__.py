"""What a change of policies would change: two sets, held against one fleet at one moment."""
