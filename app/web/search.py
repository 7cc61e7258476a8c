"""What a reader typed in the search box: the pairs and states that it may mean."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from app.searching import Found, find
from app.web.addresses import country_path, pair_path
from app.web.rendering import language_of, page, place_of

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

_SHOWN = 12
# A pair that is named so well, and no other as well, is what is meant.
_SURELY_MEANT = 95.0
# Beside one that fits far better, others are noise; judged by names typed in part, as «azer».
_WORTH_SHOWING = 0.65


@router.get("/search")
def search(request: Request, q: Annotated[str, Query(max_length=1000)] = "") -> Response:
    """The pairs and states that a text may mean; the page of a pair at once where only that can be meant."""
    likeliest = find(q, _SHOWN, language_of(request))
    found = [one for one in likeliest if one.score >= _WORTH_SHOWING * likeliest[0].score]
    place = place_of(request)
    meant = [one for one in found if one.score >= _SURELY_MEANT]
    if len(meant) == 1 and meant[0].kind == "pair":
        return RedirectResponse(place.link(path_of(meant[0])), status_code=303)
    groups = {kind: [one for one in found if one.kind == kind] for kind in ("pair", "country")}
    return page(request, "search.html", {"q": q, "groups": groups, "path_of": path_of})


def path_of(found: Found) -> str:
    """The page of a pair or of a state."""
    return pair_path(*found.key.split("-")) if found.kind == "pair" else country_path(found.key)
