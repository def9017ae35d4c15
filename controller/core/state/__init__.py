"""What a cluster remembers: the policy set last in force there, and what people have said."""
