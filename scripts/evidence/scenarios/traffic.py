"""Knows when a running Nova has come to rest: no RPC message waits or is at work, no thread of a pool runs."""

from __future__ import annotations

import threading
import time

import fixtures
import futurist
from oslo_messaging._drivers import impl_fake
from oslo_messaging.rpc import server as rpc_server


class Restless(Exception):
    """Nova did not come to rest in time."""


class Traffic:
    """Counts messages put on a queue until they are worked off, and jobs given to a pool until they end."""

    def __init__(self, case) -> None:
        self._lock = threading.Lock()
        self._busy = 0
        self.exchange: impl_fake.FakeExchange | None = None
        deliver = impl_fake.FakeExchange.deliver_message
        process = rpc_server.RPCServer._process_incoming

        def counted_deliver(exchange, topic, ctxt, message, server=None, fanout=False, reply_q=None):
            if "method" not in message:  # a notification: nobody listens to those
                return deliver(exchange, topic, ctxt, message, server, fanout, reply_q)
            self.exchange = exchange
            with exchange._queues_lock:
                before = _waiting(exchange)
                deliver(exchange, topic, ctxt, message, server, fanout, reply_q)
                self._add(_waiting(exchange) - before)

        def counted_process(rpc, incoming):
            try:
                return process(rpc, incoming)
            finally:
                self._add(-1)

        case.useFixture(fixtures.MonkeyPatch(_name(impl_fake.FakeExchange.deliver_message), counted_deliver))
        case.useFixture(fixtures.MonkeyPatch(_name(rpc_server.RPCServer._process_incoming), counted_process))
        for pool in (futurist.ThreadPoolExecutor, futurist.GreenThreadPoolExecutor):
            case.useFixture(fixtures.MonkeyPatch(_name(pool.submit), self._counted_submit(pool.submit)))

    def _counted_submit(self, submit):
        def counted(pool, function, *args, **kwargs):
            self._add(1)
            try:
                future = submit(pool, function, *args, **kwargs)
            except BaseException:
                self._add(-1)
                raise
            future.add_done_callback(lambda _: self._add(-1))
            return future

        return counted

    def _add(self, number: int) -> None:
        with self._lock:
            self._busy += number

    def busy(self, dead: tuple[str, ...] = ()) -> int:
        """Messages and jobs not yet done. Messages waiting for the `dead` hosts do not count."""
        return self._busy - sum(self.waiting_for(host) for host in dead)

    def waiting_for(self, host: str) -> int:
        if self.exchange is None:
            return 0
        with self.exchange._queues_lock:
            queues = self.exchange._server_queues.items()
            return sum(len(queue) for (_, server), queue in queues if server == host)

    def drop(self, host: str) -> None:
        """Throws away what waits for a host."""
        if self.exchange is not None:
            with self.exchange._queues_lock:
                for (_, server), queue in self.exchange._server_queues.items():
                    if server == host:
                        self._add(-len(queue))
                        queue.clear()

    def settle_around_hold(self, dead: tuple[str, ...] = ()) -> None:
        """Waits until the number of jobs stands still: what is held on purpose never ends by itself."""
        last, still = self.busy(dead), 0
        # Counted in turns, not in seconds: on a busy machine time passes without anybody's turn. A waiting message
        # is fetched within 0.05 s, hence within a few turns.
        while still < 20:
            time.sleep(0.02)
            still = still + 1 if self.busy(dead) == last else 0
            last = self.busy(dead)

    def settle(self, dead: tuple[str, ...] = (), seconds: float = 300.0) -> None:
        """Waits until Nova rests. Raises Restless."""
        end = time.monotonic() + seconds
        calm = 0
        while calm < 2:  # twice, so that a message between queue and work is not missed
            calm = calm + 1 if self.busy(dead) <= 0 else 0
            if time.monotonic() > end:
                raise Restless(f"{self.busy(dead)} messages or jobs are not done")
            time.sleep(0.005)


def _waiting(exchange: impl_fake.FakeExchange) -> int:
    queues = [*exchange._server_queues.values(), *exchange._topic_queues.values()]
    return sum(len(queue) for queue in queues)


def _name(method) -> str:
    return f"{method.__module__}.{method.__qualname__}"
