"""What is wrong with the plan, who moves next, and the ways out."""
