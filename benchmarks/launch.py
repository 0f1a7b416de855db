"""Runs a command and writes what it took to a file: seconds of wall and processor time, peak memory in bytes, exit code.

A small process of its own, because Linux counts to the peak memory of a process that of the one which started it.
"""

import json
import os
import sys
import time

to, *command = sys.argv[1:]
start = time.perf_counter()
process = os.posix_spawnp(command[0], command, os.environ)
_, status, used = os.wait4(process, 0)
wall = time.perf_counter() - start
with open(to, "w", encoding="utf-8") as file:
    code = os.waitstatus_to_exitcode(status)
    json.dump({"wall": wall, "cpu": used.ru_utime + used.ru_stime, "peak": used.ru_maxrss * 1024, "code": code}, file)
