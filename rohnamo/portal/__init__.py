"""The public door: home, tour, projects, figures, published as files."""
