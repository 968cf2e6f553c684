"""The AWS command-line tool in one process: reads calls from stdin, answers each with its exit status.

A call is its number of words and then the words, each ended by a zero byte. What the tool prints goes to stderr.
"""

import os
import sys

from awscli.clidriver import create_clidriver

answers = os.fdopen(os.dup(1), "w")
os.dup2(2, 1)
driver = create_clidriver()
words = iter(lambda: read_word(), None)


def read_word():
    word = bytearray()
    while byte := sys.stdin.buffer.read(1):
        if byte == b"\0":
            return word.decode()
        word += byte
    return None


def run(call):
    try:
        return driver.main(call)
    except SystemExit as ended:
        return ended.code


for count in words:
    answers.write(f"{run([next(words) for _ in range(int(count))])}\n")
    answers.flush()
