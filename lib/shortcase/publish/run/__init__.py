"""Chapters executed, side by side, or kept where nothing that they depend on has changed."""
