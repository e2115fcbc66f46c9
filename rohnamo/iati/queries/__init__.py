"""What we publish, what others published, and what is wrong with either."""
