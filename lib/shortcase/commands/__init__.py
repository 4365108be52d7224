"""What the command line does besides building: lists, one chapter run, a value per share, a local server."""
