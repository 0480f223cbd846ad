# SPDX-License-Identifier: Apache-2.0
"""A native node with a replicated log, steered by JSON lines; for the package `net-mesh`.

0.34.0 ends the process when a replicated log is opened on a thread without the native's executor,
as Python's own are. A handler of a call runs on one with it: so a second node in this process
calls the first, which opens the log for it. Nothing in 0.34.0 makes a replica take part: it stays
idle. In 0.45.1 replicas of a pinned set do, and threads are all the same.

Operations: {"op":"announce"} when there is a peer to hear it, before anything else, since what the
native is to announce next it announces 10 s later; {"op":"replicate","name":n,"nodes":[decimal,…],"heartbeatMs":n} with {"leader":decimal}
if one is pinned, {"op":"append","data":base64} with the reply {"seq":n}, {"op":"read"} with the
reply {"records":[base64,…]}, and {"op":"look"} with {"length":n,"replicas":n,"metrics":text}.
"""

import argparse
import base64
import hashlib
import json
import sys
import threading

import net
from net._net import MeshRpc

UNKNOWN = -99
SERVICE = "perform"


def say(line):
    sys.stdout.write(json.dumps(line, separators=(",", ":")) + "\n")
    sys.stdout.flush()


def mesh(psk, name):
    seed = hashlib.sha256(name.encode()).digest()
    return net.NetMesh(
        "127.0.0.1:0",
        psk,
        heartbeat_interval_ms=200,
        identity_seed=seed,
        permissive_channels=True,
    )


class Node:
    def __init__(self, psk):
        self.mesh, self._caller = mesh(psk, "replica"), mesh(psk, "caller")
        self._redex, self._log, self._wanted = net.Redex(), None, None
        accepting = threading.Thread(target=lambda: self.mesh.accept(self._caller.node_id))
        accepting.start()
        self._caller.connect(self.mesh.local_addr, self.mesh.public_key, self.mesh.node_id)
        accepting.join()
        for each in (self.mesh, self._caller):
            each.start()
        self._redex.enable_replication(self.mesh)
        self._serving = None

    def _open(self, _):
        op = self._wanted
        self._log = self._redex.open_file(
            op["name"],
            replication=True,
            replication_placement="pinned",
            replication_pinned_nodes=[int(node) for node in op["nodes"]],
            replication_heartbeat_ms=op["heartbeatMs"],
            **({"replication_leader_pinned": int(op["leader"])} if "leader" in op else {}),
        )
        return b""

    def announce(self, op):
        self._serving = MeshRpc(self.mesh).serve(SERVICE, self._open)
        self.mesh.announce_capabilities({})

    def replicate(self, op):
        if not self._serving:
            self.announce(op)
        self._wanted = op
        MeshRpc(self._caller).call(self.mesh.node_id, SERVICE, b"")

    def append(self, op):
        return {"seq": self._log.append(base64.b64decode(op["data"]))}

    def read(self, op):
        events = self._log.read_range(0, len(self._log))
        return {"records": [base64.b64encode(bytes(e.payload)).decode() for e in events]}

    def look(self, op):
        return {
            "length": len(self._log),
            "replicas": self._redex.replication_runtime_count(),
            "metrics": self._redex.replication_prometheus_text(),
        }


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--psk", required=True)
    node = Node(parser.parse_args().psk)
    say(
        {
            "type": "ready",
            "publicKey": node.mesh.public_key,
            "nodeId": str(node.mesh.node_id),
            "address": node.mesh.local_addr,
        }
    )
    for line in sys.stdin:
        op = json.loads(line)
        reply = {"type": "reply", "op": op["op"], "id": op["id"], "code": 0}
        try:
            if op["op"] == "stop":
                say(reply)
                return
            reply.update(getattr(node, op["op"])(op) or {})
        except Exception as e:
            reply.update({"code": UNKNOWN, "message": repr(e)})
        say(reply)


main()
