"""The press: from chapters and parameters to a published page."""
