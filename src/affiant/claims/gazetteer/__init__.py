"""Where places lie: those that people of this case decided on, and those of whole countries.

``places.tsv.gz`` is cut from GeoNames (geonames.org), Creative Commons Attribution 4.0, by
``benchmarks/make_gazetteer.py``.
"""

from affiant.claims.gazetteer.atlas import Atlas, Place, places_of_countries
from affiant.claims.gazetteer.locating import located, own_places

__all__ = ["Atlas", "Place", "located", "own_places", "places_of_countries"]
