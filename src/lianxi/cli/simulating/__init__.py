"""What the command line tells of simulations: words, tables, pictures."""
