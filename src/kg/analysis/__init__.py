"""What follows from the claims: entailment, standing, facts and coverage. Pure functions."""
