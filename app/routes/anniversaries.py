"""What falls within some days, between all states."""

import datetime as dt

from fastapi import APIRouter, Response

from app.days import window
from app.json_answers import json_response
from app.presentation import country
from app.responses import AnniversariesResponse
from app.routes.dependencies import (
    PROBLEM_RESPONSES,
    CountryDep,
    FirstDep,
    LastDep,
    PagingDep,
    RanksQuery,
    ServicesDep,
    StoreDep,
    TypesQuery,
)
from app.upcoming import Window, upcoming_page

router = APIRouter(prefix="/api/anniversaries", tags=["anniversaries"], responses=PROBLEM_RESPONSES)

DEFAULT_DAYS = 30


@router.get("", summary="Anniversaries within some days", response_model=AnniversariesResponse)
def anniversaries(
    services: ServicesDep,
    store: StoreDep,
    first: FirstDep,
    last: LastDep,
    state: CountryDep,
    paging: PagingDep,
    types: TypesQuery = None,
    ranks: RanksQuery = None,
) -> Response:
    """The anniversaries of all states from one day to another; the next 30 days without any."""
    begin = first or services.today()
    begin, end = window(begin, last or begin + dt.timedelta(days=DEFAULT_DAYS))
    code = state.code if state else None
    asked = Window(begin, end, code, types or (), ranks or ())
    page = upcoming_page(store, asked, limit=paging.limit, cursor=paging.cursor)
    paging.announce(page.next)
    return json_response(
        AnniversariesResponse(
            first=begin,
            last=end,
            country=country(state) if state else None,
            items=[services.presenter.anniversary(one) for one in page.items],
            next=page.next,
        )
    )
