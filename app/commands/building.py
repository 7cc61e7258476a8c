"""`banggiao build`: the shipped data into the graph."""

from app.commands.context import ContextArgument
from app.commands.options import StoreOption
from app.stamps import is_built


def build(*, store: StoreOption = None, context: ContextArgument) -> int:
    """Put the shipped data (data/) into the graph; does nothing when it is there already."""
    directory = context.settings(store=store).address
    if is_built(directory):
        print("The graph holds the shipped data already.")
        return 0
    # a second start, which has nothing to build, need not wait for the extractors
    from app.commands.printing import print_fault
    from app.commands.storing import tell
    from app.ingest import Listeners
    from app.shipped import build as build_store

    return tell(build_store(directory, listeners=Listeners(on_unreadable=print_fault)))
