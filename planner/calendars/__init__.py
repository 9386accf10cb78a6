"""Working time: which days count, their numbers both ways, public holidays, change freezes."""
