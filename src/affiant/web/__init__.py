"""The review workbench: a person decides on claims in a browser, on this machine alone."""
