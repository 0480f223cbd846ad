# SPDX-License-Identifier: Apache-2.0
"""A native node that is steered by JSON lines, like `lichen net --json` (docs/cli.md, "net").

It stands on the published package `net-mesh` (module `net`), of which it uses what 0.31.0 to 0.45.1
have in common. What that API does not tell is null: `peer`, `stream` and `channel` of an event. In
their place an event carries `"packet"`, the native's own `<sequence>:<index>` of its stream.
The package hands out a payload that is no UTF-8 as empty text, so it is empty here too.

Beyond the operations of the command line there is natType, and there are some without a line per
event, for measurements: load, tally, awaitTally, echo, roundTrips, renew and memory; see Node.
"""

import argparse
import base64
import binascii
import json
import os
import sys
import threading
import time

import net

INVALID_JSON, INVALID_ARGUMENT, UNKNOWN = -3, -12, -99
HANDSHAKE, BACKPRESSURE, NOT_CONNECTED = -111, -112, -113
CHANNEL, CHANNEL_AUTH, IDENTITY, TOKEN = -115, -116, -120, -121

POLL_LIMIT = 20000
IDLE_SECONDS = 0.0002
RESTING_SECONDS = 0.02
AWAKE_SECONDS = 1.0
SPIN_SECONDS = 0.000001
ROUND_TRIP_LIMIT_SECONDS = 5
MAX_U64 = 2**64 - 1


class BadOp(Exception):
    """An operation lacks a member or holds one that cannot be used."""


class Lines:
    """Says lines, from any thread; those said together are flushed once."""

    def __init__(self, out):
        self._out = out
        self._lock = threading.Lock()

    def say(self, *objects):
        text = "".join(json.dumps(line, separators=(",", ":")) + "\n" for line in objects)
        with self._lock:
            self._out.write(text)
            self._out.flush()


class Inbox(threading.Thread):
    """Takes what arrives and shows it, counts it, sends it back or releases who waits for it."""

    def __init__(self, mesh, lines):
        super().__init__(daemon=True)
        self.arrived = threading.Semaphore(0)
        self.ended = False
        self._mesh = mesh
        self._lines = lines
        self._use = self._show
        self._echo_stream = None
        self._idle = IDLE_SECONDS
        self._awake_until = 0
        self._lock = threading.Lock()
        self._forget()

    def run(self):
        try:
            while True:
                events = list(self._mesh.poll(POLL_LIMIT))
                now = time.monotonic()
                if events:
                    self._awake_until = now + AWAKE_SECONDS
                    self._use(events)
                elif now < self._awake_until or self._idle == SPIN_SECONDS:
                    time.sleep(self._idle)
                else:  # Whoever shares the machine is being measured.
                    time.sleep(RESTING_SECONDS)
        except Exception as e:  # The node was shut down, or there is nothing left to do.
            if not self.ended:
                print("inbox ended:", e, file=sys.stderr)

    def show(self):
        self._use = self._show
        self._idle = IDLE_SECONDS

    def tally(self):
        self._use = self._count
        self._idle = IDLE_SECONDS
        self._awake_until = time.monotonic() + AWAKE_SECONDS

    def echo(self, stream):
        self._echo_stream = stream
        self._use = self._send_back
        self._idle = SPIN_SECONDS

    def time(self):
        self._use = lambda events: self.arrived.release(len(events))
        self._idle = SPIN_SECONDS

    def await_tally(self, expected, quiet_seconds):
        """Waits until so many were counted, or nothing new was for a while."""
        before, quiet_at = -1, 0
        while self._events < expected:
            now = time.monotonic()
            if self._events != before:
                before, quiet_at = self._events, now + quiet_seconds
            elif now > quiet_at:
                break
            time.sleep(0.005)

    def take_tally(self):
        """What was counted since the last call; elapsedNs from the first batch to the last. Bytes
        are as if the events of a batch were of one size: to look at each costs more than to get it."""
        with self._lock:
            told = {
                "count": self._events,
                "bytes": self._bytes,
                "elapsedNs": self._last_ns - self._first_ns,
                "lastNs": self._last_ns,
            }
            self._forget()
            return told

    def _forget(self):
        self._events = self._bytes = self._first_ns = self._last_ns = 0

    def _show(self, events):
        self._lines.say(*[shown(event) for event in events])

    def _count(self, events):
        now = time.monotonic_ns()
        with self._lock:
            self._first_ns = self._first_ns or now
            self._last_ns = now
            self._events += len(events)
            self._bytes += len(events[0].raw) * len(events)

    def _send_back(self, events):
        self._mesh.send_blocking(self._echo_stream, [event.raw.encode() for event in events])


def shown(event):
    data = base64.b64encode(event.raw.encode()).decode()
    return {
        "type": "event",
        "peer": None,
        "stream": None,
        "channel": None,
        "data": data,
        "packet": event.id,
    }


class Node:
    """The operations; each method of that name gives the members of its reply."""

    OPS = (
        "accept connect start channel subscribe unsubscribe publish openStream send announce find"
        " issueToken peers natType probeReflex reflexOverride connectDirect traversalStats stats load tally awaitTally echo roundTrips renew memory"
    ).split()

    def __init__(self, options, lines):
        self._options, self._lines = options, lines
        config = options.config
        self._seed = options.identity_seed
        self.mesh = net.NetMesh(
            options.bind,
            options.psk,
            heartbeat_interval_ms=config.get("heartbeat_ms"),
            session_timeout_ms=config.get("session_timeout_ms"),
            num_shards=config.get("num_shards", 1),
            identity_seed=self._seed,
            reflex_override=config.get("reflex_override"),
        )
        self._streams = {}
        self._inbox = Inbox(self.mesh, lines)

    def ready(self):
        return {
            "type": "ready",
            "publicKey": self.mesh.public_key,
            "nodeId": str(self.mesh.node_id),
            "entityId": self.mesh.entity_id.hex(),
            "address": self.mesh.local_addr,
            "version": net.__version__ if hasattr(net, "__version__") else None,
        }

    def accept(self, op):
        return {"address": self.mesh.accept(u64(op, "nodeId"))}

    def connect(self, op):
        """Straight to an address; or, with "relay", over a peer, if this node takes itself for one
        behind a symmetric NAT (see natType)."""
        peer, key = u64(op, "nodeId"), text(op, "publicKey")
        begin = time.monotonic_ns()
        if "relay" in op:
            self.mesh.connect_direct(peer, key, u64(op, "relay"))
        else:
            self.mesh.connect(text(op, "address"), key, peer)
        return {"elapsedNs": time.monotonic_ns() - begin}

    def start(self, op):
        self.mesh.start()
        self._inbox.start()

    def channel(self, op):
        config = dict(op.get("config", {}))
        if "token_roots" in config:
            config["token_roots"] = [bytes.fromhex(root) for root in config["token_roots"]]
        self.mesh.register_channel(text(op, "name"), **config)

    def subscribe(self, op):
        token = bytes.fromhex(op["token"]) if op.get("token") else None
        self.mesh.subscribe_channel(u64(op, "publisher"), text(op, "channel"), token)

    def unsubscribe(self, op):
        self.mesh.unsubscribe_channel(u64(op, "publisher"), text(op, "channel"))

    def publish(self, op):
        report = self.mesh.publish(
            text(op, "channel"), data(text(op, "data")), reliability=op.get("reliability")
        )
        errors = [
            {"nodeId": str(error["node_id"]), "message": error["message"]}
            for error in report["errors"]
        ]
        return {"report": {**report, "errors": errors}}

    def openStream(self, op):
        peer, stream = u64(op, "peer"), u64(op, "stream")
        self._streams[peer, stream] = self.mesh.open_stream(
            peer, stream, op.get("reliability"), op.get("windowBytes", 65536)
        )

    def send(self, op):
        self.mesh.send_blocking(self._stream(op), [data(event) for event in op["events"]])

    def announce(self, op):
        self.mesh.announce_capabilities(op.get("capabilities", {}))

    def find(self, op):
        return {"nodes": [str(node) for node in self.mesh.find_nodes(op.get("filter", {}))]}

    def issueToken(self, op):
        token = net.Identity.from_seed(self._seed).issue_token(
            bytes.fromhex(text(op, "subject")),
            op.get("scope", ["subscribe"]),
            text(op, "channel"),
            op.get("ttlSeconds", 3600),
            op.get("delegationDepth", 0),
        )
        return {"token": token.hex()}

    def peers(self, op):
        return {"count": self.mesh.peer_count(), "discovered": self.mesh.discovered_nodes()}

    def natType(self, op):
        """Asks two peers where they see this node; tells what NAT that makes it believe in. With
        "nodeId": what that node says."""
        if "nodeId" in op:
            return {"natType": self.mesh.peer_nat_type(u64(op, "nodeId"))}
        self.mesh.reclassify_nat()
        return {"natType": self.mesh.nat_type(), "reflexAddress": self.mesh.reflex_addr()}

    def probeReflex(self, op):
        return {"address": self.mesh.probe_reflex(u64(op, "nodeId"))}

    def reflexOverride(self, op):
        if "address" in op:
            self.mesh.set_reflex_override(text(op, "address"))
        else:
            self.mesh.clear_reflex_override()

    def connectDirect(self, op):
        peer, key, begin = u64(op, "nodeId"), text(op, "publicKey"), time.monotonic_ns()
        if "coordinator" in op:
            self.mesh.connect_direct(peer, key, u64(op, "coordinator"))
        else:
            self.mesh.connect_direct_auto(peer, key)
        return {"elapsedNs": time.monotonic_ns() - begin}

    def traversalStats(self, op):
        return {"traversal": self.mesh.traversal_stats()}

    def stats(self, op):
        streams = []
        for peer, stream in self._streams:
            found = self.mesh.stream_stats(peer, stream)
            names = [name for name in dir(found) if found and not name.startswith("_")]
            values = {name: getattr(found, name) for name in names}
            streams.append({"peer": str(peer), "stream": str(stream), "open": bool(found), **values})
        return {"stats": {"peers": self.mesh.peer_count(), "streams": streams}}

    def load(self, op):
        """Sends events of "sizeBytes" in batches of "batch" on an open stream: "count" of them, or
        for "durationMs". With "again", asks again at once when the window is full instead of
        waiting as the package does."""
        stream, left, batch = self._stream(op), op.get("count", MAX_U64), op.get("batch", 1)
        events = [b"x" * op["sizeBytes"]] * batch
        send = self._send_again if op.get("again") else self.mesh.send_blocking
        sent, begin = 0, time.monotonic_ns()
        end = begin + op.get("durationMs", 3_600_000) * 1_000_000
        while sent < left and time.monotonic_ns() < end:
            part = events if left - sent >= batch else events[: left - sent]
            send(stream, part)
            sent += len(part)
        return {"sent": sent, "beginNs": begin, "elapsedNs": time.monotonic_ns() - begin}

    def _send_again(self, stream, events):
        while True:
            try:
                return self.mesh.send_on_stream(stream, events)
            except net.BackpressureError:
                time.sleep(SPIN_SECONDS)

    def tally(self, op):
        """With "on", counts what arrives from now on instead of showing it; tells and forgets
        what was counted before."""
        told = self._inbox.take_tally()
        self._inbox.tally() if op.get("on", True) else self._inbox.show()
        return told

    def awaitTally(self, op):
        """Tells what was counted once "expected" were, or nothing new was for "quietMs"."""
        self._inbox.await_tally(op["expected"], op["quietMs"] / 1000)
        return self._inbox.take_tally()

    def echo(self, op):
        """Sends what arrives from now on back on an open stream."""
        self._inbox.echo(self._stream(op))

    def roundTrips(self, op):
        """Times "count" single events to a peer that echoes; the times in ns, unsorted."""
        stream, event, times = self._stream(op), [b"x" * op["sizeBytes"]], []
        self._inbox.time()
        for _ in range(op["count"]):
            begin = time.monotonic_ns()
            self.mesh.send_blocking(stream, event)
            if not self._inbox.arrived.acquire(timeout=ROUND_TRIP_LIMIT_SECONDS):
                break
            times.append(time.monotonic_ns() - begin)
        self._inbox.show()
        return {"timesNs": times}

    def renew(self, op):
        """Puts a fresh node of the same identity in the place of this one."""
        self._inbox.ended = True
        self.mesh.shutdown()
        self.__init__(self._options, self._lines)
        return {**self.ready(), "type": "reply"}

    def memory(self, op):
        """The resident size of the process in KiB: now, and at its peak."""
        with open("/proc/self/status") as status:
            pairs = [line.split(":") for line in status]
        return {name: int(value.split()[0]) for name, value in pairs if name in ("VmRSS", "VmHWM")}

    def _stream(self, op):
        key = u64(op, "peer"), u64(op, "stream")
        if key not in self._streams:
            raise BadOp("stream %d of peer %d was not opened" % (key[1], key[0]))
        return self._streams[key]


def text(op, name):
    value = op.get(name)
    if not isinstance(value, str):
        raise BadOp('a string member "%s" is missing' % name)
    return value


def u64(op, name):
    digits = text(op, name)
    if not digits.isdecimal() or int(digits) > MAX_U64:
        raise BadOp('"%s" is no unsigned 64-bit number in decimal: %s' % (name, digits))
    return int(digits)


def data(encoded):
    try:
        return base64.b64decode(encoded, validate=True)
    except binascii.Error as e:
        raise BadOp("not base64: %s" % e)


def code(op, error):
    """The number that the C API of the native has for this failure."""
    kinds = (
        (BadOp, INVALID_ARGUMENT),
        (net.BackpressureError, BACKPRESSURE),
        (net.NotConnectedError, NOT_CONNECTED),
        (net.ChannelAuthError, CHANNEL_AUTH),
        (net.ChannelError, CHANNEL),
        (net.TokenError, TOKEN),
        (net.IdentityError, IDENTITY),
        ((ValueError, TypeError, KeyError), INVALID_ARGUMENT),
    )
    for kind, number in kinds:
        if isinstance(error, kind):
            return number
    return HANDSHAKE if op in ("accept", "connect") else UNKNOWN


def perform(node, op):
    name = op["op"]
    reply = {"type": "reply", "op": name, "code": 0}
    if "id" in op:
        reply["id"] = op["id"]
    try:
        if name not in Node.OPS:
            raise BadOp('unknown op "%s"' % name)
        reply.update(getattr(node, name)(op) or {})
    except Exception as e:
        reply.update(code=code(name, e), message=str(e) or type(e).__name__)
    return reply


def decode(line):
    op = json.loads(line)
    if not isinstance(op, dict) or not isinstance(op.get("op"), str):
        raise ValueError('a string member "op" is missing')
    return op


def serve(node, lines, source):
    for line in source:
        if line.strip():
            try:
                op = decode(line)
            except ValueError as e:
                lines.say({"type": "error", "code": INVALID_JSON, "message": str(e)})
                continue
            if op["op"] == "stop":
                return op
            lines.say(perform(node, op))
    return None


def options():
    parser = argparse.ArgumentParser()
    parser.add_argument("--bind", required=True)
    parser.add_argument("--psk", required=True)
    parser.add_argument("--identity-seed", type=bytes.fromhex, default=os.urandom(32))
    parser.add_argument("--config", type=lambda file: json.load(open(file)), default={})
    parser.add_argument("--json", action="store_true", help="always on")
    return parser.parse_args()


def main():
    lines = Lines(sys.stdout)
    node = Node(options(), lines)
    lines.say(node.ready())
    stop = serve(node, lines, sys.stdin)
    node.mesh.shutdown()
    if stop is not None:
        given = {"id": stop["id"]} if "id" in stop else {}
        lines.say({"type": "reply", "op": "stop", "code": 0, **given})
    sys.stdout.flush()
    os._exit(0)  # The inbox thread may be inside the native.


main()
