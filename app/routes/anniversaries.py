"""What falls within some days, between all states."""

import datetime as dt

from fastapi import APIRouter

from app.days import window
from app.paging import page_of
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
from app.upcoming import upcoming_anniversaries

router = APIRouter(prefix="/api/anniversaries", tags=["anniversaries"], responses=PROBLEM_RESPONSES)

DEFAULT_DAYS = 30


@router.get("", summary="Anniversaries within some days")
def anniversaries(
    services: ServicesDep,
    store: StoreDep,
    first: FirstDep,
    last: LastDep,
    state: CountryDep,
    paging: PagingDep,
    types: TypesQuery = None,
    ranks: RanksQuery = None,
) -> AnniversariesResponse:
    """The anniversaries of all states from one day to another; the next 30 days without any."""
    begin = first or services.today()
    begin, end = window(begin, last or begin + dt.timedelta(days=DEFAULT_DAYS))
    code = state.code if state else None
    found = upcoming_anniversaries(store, begin, end, country=code, types=types, ranks=ranks)
    page = page_of(found, lambda one: f"{one.period} {one.event.id}", limit=paging.limit, cursor=paging.cursor)
    paging.announce(page.next)
    return AnniversariesResponse(
        first=begin,
        last=end,
        country=country(state) if state else None,
        items=[services.presenter.anniversary(one) for one in page.items],
        next=page.next,
    )
