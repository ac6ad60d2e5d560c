"""What people are given on paper."""
