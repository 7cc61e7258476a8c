"""Which engine `--jobs` and `--cluster` ask for."""

from collections.abc import Iterator
from contextlib import contextmanager

from app.engines import Engine, ThisProcess, WorkerEngine
from app.errors import BadRequestError

MAX_JOBS = 256


@contextmanager
def open_engine(jobs: int | None, cluster: str | None) -> Iterator[Engine]:
    """This process for one job, a pool for several, a cluster by its address.

    Raises:
        BadRequestError: the options cannot be used, or not together.
        ClusterError: the cluster cannot be used.
    """
    if cluster is not None and jobs is not None:
        raise BadRequestError("give --jobs or --cluster, not both: a cluster has the workers that it was started with")
    if jobs is not None and not 1 <= jobs <= MAX_JOBS:
        raise BadRequestError(f"--jobs {jobs} cannot be: give a number from 1 to {MAX_JOBS}")
    if cluster is not None:
        from app.clusters import Cluster

        with Cluster(cluster) as workers:
            yield WorkerEngine(workers)
    elif jobs is None or jobs == 1:
        yield ThisProcess()
    else:
        # imported where it is needed, as above: the command starts sooner
        from app.pools import LocalPool

        with LocalPool(jobs) as pool:
            yield WorkerEngine(pool)
