# SPDX-License-Identifier: Apache-2.0
"""Logs of the native, steered by JSON lines. It stands on the published package `net-mesh`.

An operation is {"op":"turn","id":n,"directory":d,"name":n,"calls":[…]}: it opens the log on disk,
makes the calls and closes it. A call is ["append",base64], ["batch",[base64,…]] or ["sync"]. The reply has
what was there before the calls: {"before":[{"seq":n,"inline":b,"checksum":n,"data":base64},…]},
and the numbers that the calls gave: {"seqs":[n or null,…]}.

{"op":"write","id":n,"directory":d,"names":[…]} appends to these logs in turn until the process is killed. After each append
it says {"type":"next","log":i,"next":n}: which log, and the number that comes next.
"""

import base64
import json
import sys

import net

ALL = 2**64 - 1
UNKNOWN = -99


def say(line):
    sys.stdout.write(json.dumps(line, separators=(",", ":")) + "\n")
    sys.stdout.flush()


def record(event):
    return {
        "seq": event.seq,
        "inline": event.is_inline,
        "checksum": event.checksum,
        "data": base64.b64encode(bytes(event.payload)).decode(),
    }


def call(log, what):
    if what[0] == "append":
        return log.append(base64.b64decode(what[1]))
    if what[0] == "batch":
        return log.append_batch([base64.b64decode(each) for each in what[1]])
    if what[0] == "sync":
        return log.sync()
    raise ValueError("unknown call " + what[0])


def turn(op):
    log = net.Redex(op["directory"]).open_file(op["name"], persistent=True)
    before = [record(event) for event in log.read_range(0, ALL)]
    seqs = [call(log, what) for what in op["calls"]]
    log.close()
    return {"before": before, "seqs": seqs}


def payload(seq):
    """As LogWriter.payload."""
    return bytes((seq + i) * 31 & 0xFF for i in range(seq * 7919 % 300))


def write(op):
    redex = net.Redex(op["directory"])
    logs = [redex.open_file(name, persistent=True) for name in op["names"]]
    nexts = [max((event.seq + 1 for event in log.read_range(0, ALL)), default=0) for log in logs]
    while True:
        for i, log in enumerate(logs):
            nexts[i] = log.append(payload(nexts[i])) + 1
            say({"type": "next", "log": i, "next": nexts[i]})


def main():
    say({"type": "ready"})
    for line in sys.stdin:
        op = json.loads(line)
        reply = {"type": "reply", "op": op["op"], "id": op["id"], "code": 0}
        try:
            if op["op"] == "stop":
                say(reply)
                return
            reply.update(write(op) if op["op"] == "write" else turn(op))
        except Exception as e:
            reply.update({"code": UNKNOWN, "message": repr(e)})
        say(reply)


main()
