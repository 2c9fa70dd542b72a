"""The vocabulary: what the world says, what happened, what must be done."""
