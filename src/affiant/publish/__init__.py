"""Publish: the site, and the bundle for a court or an opponent."""

from affiant.publish.bundle import BundleReport, make_bundle
from affiant.publish.site import Release, SiteForm, publish_site

__all__ = ["BundleReport", "Release", "SiteForm", "make_bundle", "publish_site"]
