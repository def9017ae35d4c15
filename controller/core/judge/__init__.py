"""Rules state demands; one evaluator compares them with what is."""
