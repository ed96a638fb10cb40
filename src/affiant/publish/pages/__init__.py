"""The published static site: what its pages show, and how they are drawn."""

from affiant.publish.pages.render import render_site

__all__ = ["render_site"]
