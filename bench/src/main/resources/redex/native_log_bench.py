# SPDX-License-Identifier: Apache-2.0
"""Measures logs of the native, which is the published package `net-mesh`; commanded by JSON lines.

It answers to the commands of LogPeerMain. What a call into the package costs by itself is measured beside every
load, and said as "callNs" (all calls together): the same calls with empty payloads on a log in memory, which
do next to nothing. That is a little too much, in the native's favour. The package cannot open a log on disk that is
forced in the background: it panics.
"""

import json
import sys
import threading
import time
from itertools import repeat

import net

NAME = "bench/log"


def open_log(directory):
    return net.Redex(directory).open_file(NAME, persistent=True)


def timed(call, argument, times):
    """The loop over a call, as tight as the language has it."""
    start = time.perf_counter_ns()
    for _ in repeat(None, times):
        call(argument)
    return time.perf_counter_ns() - start


def forced(log, payload, times):
    start = time.perf_counter_ns()
    for _ in repeat(None, times):
        log.append(payload)
        log.sync()
    return time.perf_counter_ns() - start


def append(op):
    log = open_log(op["directory"])
    empty = net.Redex().open_file(NAME)
    payload = bytes(i * 31 & 0xFF for i in range(op["size"]))
    records, batch = op["records"], op["batch"]
    if op["durability"] == "sync":
        ns, call_ns = forced(log, payload, records), 0
    elif batch == 1:
        ns = timed(log.append, payload, records)
        call_ns = timed(empty.append, b"", records)
    else:
        ns = timed(log.append_batch, [payload] * batch, records // batch)
        call_ns = timed(empty.append_batch, [b""] * batch, records // batch)
    size = len(log)
    log.close()
    return {"ns": ns, "callNs": call_ns, "records": size}


def reopen(op):
    start = time.perf_counter_ns()
    log = open_log(op["directory"])
    ns = time.perf_counter_ns() - start
    size = len(log)
    log.close()
    return {"ns": ns, "records": size}


def read(op):
    log = open_log(op["directory"])
    size = 0
    start = time.perf_counter_ns()
    for first in range(0, op["records"], 1000):
        for event in log.read_range(first, first + 1000):
            size += len(event.payload)
    ns = time.perf_counter_ns() - start
    log.close()
    return {"ns": ns, "bytes": size, "records": op["records"]}


def latency(op):
    log = open_log(op["directory"])
    records = min(op["records"], 2000)
    times = []

    def follow():
        for event in log.tail(0):
            times.append(time.perf_counter_ns() - int.from_bytes(event.payload[:8], "big"))
            if len(times) == records:
                return

    reader = threading.Thread(target=follow)
    reader.start()
    time.sleep(0.1)
    for _ in range(records):
        time.sleep(0.0002)  # a loop would keep the interpreter from the reader
        log.append(time.perf_counter_ns().to_bytes(8, "big") + bytes(56))
    reader.join()
    log.close()
    times.sort()
    return {"p50Ns": times[len(times) // 2], "p99Ns": times[len(times) * 99 // 100]}


def memory(op):
    with open("/proc/self/status") as status:
        lines = [line.split() for line in status if line.startswith(("VmRSS:", "VmHWM:"))]
    return {line[0][:-1]: int(line[1]) for line in lines}


OPS = {"append": append, "reopen": reopen, "read": read, "latency": latency, "memory": memory}

for line in sys.stdin:
    command = json.loads(line)
    sys.stdout.write(json.dumps(OPS[command["op"]](command)) + "\n")
    sys.stdout.flush()
