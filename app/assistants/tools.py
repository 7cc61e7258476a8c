"""The tools: each answers one kind of question, with the shapes of the HTTP service and with a text to read.

Their docstrings are what assistants are told of them.
"""

import asyncio
import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from mcp.types import CallToolResult, TextContent

from app.anniversaries import anniversaries_of_pair
from app.assistants import parameters as of
from app.assistants.queries import ACCEPTED, read_answer
from app.assistants.shapes import DraftResponse, PairStatusResponse
from app.assistants.wording import Wording
from app.checking.checks import check
from app.checking.responses import finding_shape
from app.days import check_order, parse_asked_day, window
from app.errors import TooLargeError
from app.graph.lookups import events_of_pair, gaps_of_pair
from app.graph.readmodel import Event
from app.graph.repositories import Reader
from app.graph.store import SnapshotStore
from app.paging import page_of
from app.pairs import Pair, country_name, resolve_pair, state_of_pair
from app.presentation import Presenter
from app.presentation import country as country_shape
from app.querying.pool import QueryPool
from app.responses import AnniversariesResponse, PairAnniversariesResponse, PairResponse, Shape, TimelineResponse
from app.settings import Settings
from app.sparql_protocol import make_query
from app.timeline import select_events
from app.upcoming import Window, upcoming_page
from extractors.gazetteer import load_gazetteer
from extractors.readers import read_bytes


@dataclass(frozen=True, slots=True)
class GraphTools:
    """What the tools are wired from; `today` tells the day that it is in Hà Nội."""

    settings: Settings
    snapshots: Reader
    queries: QueryPool
    presenter: Presenter
    today: Callable[[], dt.date]

    def pair_status(
        self, a: of.OneState, b: of.OtherState, on: of.OnDay = None, language: of.LanguageParameter = "vi"
    ) -> CallToolResult:
        """How two states stand on a day: whether they have diplomatic relations, since when, and at what level.

        Use it first for any question on the relations of two states («Việt Nam và Azerbaijan có quan hệ từ bao giờ?»).
        `status` is established, severed, ended (a state is gone), none (sources say there are none) or unknown
        (nothing is known: say so). `since` and `level_since` are EDTF dates, as precise as sources are; null is not
        known. `gaps` say what sources know to be absent or undated. `counts` are events by type: see pair_timeline.
        """
        day = self._day(on)
        pair = resolve_pair(load_gazetteer(), a, b)
        store = self._store()
        state = self._status(store, pair, events_of_pair(store, pair.a.code, pair.b.code), day)
        return _result(state, Wording(language).pair_status(state))

    def pair_anniversaries(
        self,
        a: of.OneState,
        b: of.OtherState,
        on: of.OnDay = None,
        within: of.Within = None,
        limit: of.Limit = 20,
        cursor: of.Cursor = None,
        language: of.LanguageParameter = "vi",
    ) -> CallToolResult:
        """The coming anniversaries of two states, the next one first: which day, how many years, how round.

        Use it for «which anniversary of X and Y comes next», «how many years is it this year», and before writing
        «kỷ niệm N năm». `next` is the day, `next_years` the number then, `rank` how round it is; `years` have passed
        by now. Where the date is known to a month or a year only, `next` is null and `period` says which: there is no
        day, so name none. Dates, sources and doubts are as in pair_timeline.
        """
        day = self._day(on)
        pair = resolve_pair(load_gazetteer(), a, b)
        store = self._store()
        events = events_of_pair(store, pair.a.code, pair.b.code)
        found = anniversaries_of_pair(events, day, within=within)
        page = page_of(found, lambda one: one.event.id, limit=limit, cursor=cursor)
        items = [self.presenter.anniversary(one) for one in page.items]
        answer = PairAnniversariesResponse(
            pair=self.presenter.pair(pair), on=day, within=within, items=items, next=page.next
        )
        return _result(
            answer, Wording(language).pair_anniversaries(answer, self._status(store, pair, events, day), len(found))
        )

    def pair_timeline(
        self,
        a: of.OneState,
        b: of.OtherState,
        first_day: of.FirstDay = None,
        last_day: of.LastDay = None,
        types: of.Types = None,
        order: of.Order = "asc",
        limit: of.Limit = 20,
        cursor: of.Cursor = None,
        language: of.LanguageParameter = "vi",
    ) -> CallToolResult:
        """What happened between two states and when: ties, recognition, breaks, partnerships, agreements, visits.

        Use it before stating any date between two states. `date` is EDTF and no more precise than `precision` (day,
        month, year): never add a day. `status`: confirmed (independent sources agree), single-source, or disputed
        (sources disagree: `alternatives` are the other dates with who gives them; tell both). `confidence` (0 to 1) is
        how well the sources bear the date; `voices` how many are independent; `issues` what is wrong in their texts.
        `sources` say who says so (publisher, title, published, url, quote): name them. An event that is not listed is
        not known here, which does not mean that it did not happen: say so, do not guess.
        """
        first = None if first_day is None else parse_asked_day(first_day, "first_day")
        last = None if last_day is None else parse_asked_day(last_day, "last_day")
        check_order(first, last)
        pair = resolve_pair(load_gazetteer(), a, b)
        store = self._store()
        events = events_of_pair(store, pair.a.code, pair.b.code)
        chosen = select_events(events, first=first, last=last, types=types or (), order=order)
        page = page_of(chosen, lambda event: event.id, limit=limit, cursor=cursor)
        items = [self.presenter.event(event) for event in page.items]
        answer = TimelineResponse(pair=self.presenter.pair(pair), items=items, next=page.next)
        state = self._status(store, pair, events, self.today())
        return _result(answer, Wording(language).timeline(answer, state, len(chosen)))

    def upcoming_anniversaries(
        self,
        first_day: of.FirstDay = None,
        days: of.Days = 30,
        country: of.MaybeState = None,
        types: of.Types = None,
        ranks: of.Ranks = None,
        limit: of.Limit = 20,
        cursor: of.Cursor = None,
        language: of.LanguageParameter = "vi",
    ) -> CallToolResult:
        """The anniversaries and national days that fall in some days, of all states or of one, by day.

        Use it for «what comes in the next 30 days», «which round anniversaries has Việt Nam next year». Begins today in
        Hà Nội without first_day. Items are as in pair_anniversaries; those without a day come last. `next` is not null
        where there are more: call again with it as cursor, with all else the same.
        """
        begin = self._day(first_day, "first_day")
        begin, end = window(begin, begin + dt.timedelta(days=days))
        state = country_name(load_gazetteer(), load_gazetteer().resolve(country)) if country else None
        asked = Window(begin, end, state.code if state else None, types or (), ranks or ())
        page = upcoming_page(self._store(), asked, limit=limit, cursor=cursor)
        answer = AnniversariesResponse(
            first=begin,
            last=end,
            country=country_shape(state) if state else None,
            items=[self.presenter.anniversary(one) for one in page.items],
            next=page.next,
        )
        return _result(answer, Wording(language).upcoming(answer))

    def check_draft(
        self,
        text: of.DraftText,
        published: of.Published = None,
        title: of.DraftTitle = None,
        limit: of.MaxFindings = 50,
        language: of.LanguageParameter = "vi",
    ) -> CallToolResult:
        """What is wrong in a draft in Vietnamese: dates, anniversary numbers, weekdays, levels, names of states.

        Use it on any text that states dates between states, also on your own before you give it. `severity`: error (it
        is wrong), warning (it may be), info (no fault: some sources say as the text does, or it was not checked).
        `start` and `end` count code points of the text; `suggestion` may replace `quote`; `evidence` says why, with its
        sources. A draft without findings is not proved right: only what the graph knows was checked. The text is
        neither kept nor logged.
        """
        data = text.encode()
        if len(data) > self.settings.max_text_bytes:
            raise TooLargeError(
                f"text: it has {len(data)} bytes; the limit is {self.settings.max_text_bytes}: check it in parts."
            )
        day = None if published is None else parse_asked_day(published, "published")
        article = read_bytes(data, "text/plain; charset=utf-8", id="draft", published=day, title=title)
        findings = check(article, self._store())
        items = [finding_shape(one, self.presenter) for one in findings[:limit]]
        answer = DraftResponse(items=items, found=len(findings))
        return _result(answer, Wording(language).draft(answer))

    async def sparql_query(
        self, query: of.Sparql, limit: of.MaxRows = 50, language: of.LanguageParameter = "vi"
    ) -> CallToolResult:
        """Ask the graph in SPARQL 1.1, read only, for what no other tool answers: counts, lists, comparisons.

        The ontology and example queries are resources (banggiao://ontology, banggiao://queries/…); a query that names
        no graph asks of all of them together. Declare the prefixes: `PREFIX bg: <https://w3id.org/banggiao/ontology#>
        PREFIX pair: <https://w3id.org/banggiao/id/pair/> PREFIX prov: <http://www.w3.org/ns/prov#>`. An event:
        `?e bg:pair pair:AZ-VN ; bg:type bg:type-established ; bg:date ?date ; bg:precision ?p ; bg:status ?s`; who says
        so: banggiao://queries/who-says-so. Rows carry no sources unless the query asks for them: name none that it did
        not give. Time, memory and size are bounded; no SERVICE, no updates.
        """
        store = await asyncio.to_thread(self._store)
        asked = make_query(query, base_iri=f"{self.settings.base_iri}sparql")
        # the call itself is cancelled when nobody waits for it any more
        found = await self.queries.answer(store.address, asked, ACCEPTED, _never)
        answer = await asyncio.to_thread(read_answer, found, limit)
        return _result(answer, Wording(language).query(answer))

    def _day(self, text: str | None, name: str = "on") -> dt.date:
        return self.today() if text is None else parse_asked_day(text, name)

    def _store(self) -> SnapshotStore:
        """The content that is current now, whoever published it a moment ago."""
        self.snapshots.look_again()
        return self.snapshots.store()

    def _status(self, store: SnapshotStore, pair: Pair, events: tuple[Event, ...], day: dt.date) -> PairStatusResponse:
        gaps = gaps_of_pair(store, pair.a.code, pair.b.code)
        state = state_of_pair(pair, events, gaps, day)
        coming = () if state.ties == "ended" else anniversaries_of_pair(events, day)
        following = next((one for one in coming if one.next is not None), None)
        told = self.presenter.pair_state(pair, state, gaps, day, following)
        return PairStatusResponse(
            **{name: getattr(told, name) for name in PairResponse.model_fields},
            ties_event=self.presenter.event(state.ties_event) if state.ties_event else None,
            level_event=self.presenter.event(state.level_event) if state.level_event else None,
        )


async def _never() -> None:
    await asyncio.Event().wait()


def _result(answer: Shape, text: str) -> CallToolResult:
    structured = answer.model_dump(mode="json", by_alias=True)
    return CallToolResult(content=[TextContent(type="text", text=text)], structured_content=structured)
