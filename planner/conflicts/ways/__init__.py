"""The ways out of findings by family: for each rule a function that offers edits."""
