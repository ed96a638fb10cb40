"""Claims about atrocities, each anchored to its exact words."""
