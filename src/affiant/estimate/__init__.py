"""How many people nobody recorded, said with its assumptions or not at all."""
