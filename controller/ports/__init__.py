"""What the shell needs of the world: per AWS service a Reader and a Writer, never one of both."""
