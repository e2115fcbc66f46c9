"""What people type about results."""
