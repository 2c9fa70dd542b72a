"""What the figures of the hour must be, by hand.

The calls, by stay in a queue (seconds of waiting; T and the cut-off of short abandons in `centre.py`:
sales 20 and 10, service 30 and 20, vip 20 and 20):

    queue    caller  entered  waited  how
    sales    c1           60       8  answered, in time
    sales    c2           70       6  abandoned, short, in time
    sales    c3           80      50  abandoned, late
    sales    c4          200      25  answered, late; transferred to service
    sales    c7          543      32  answered, late: the first offer rang out
    sales    c12        1430       6  answered, in time; came from vip by rule
    sales    c16        1740      10  answered, in time; talks over midnight
    sales    c17        1790     115  answered, late, after midnight
    sales    c18        3580          still waiting
    service  c4          405       6  answered, in time
    service  c8          700      12  abandoned while it rang, short, in time
    service  c9          760       5  answered, in time; handed over to 8003
    service  c10        1000       4  answered, in time; a conference
    service  c14        1600       4  answered, in time
    vip      c12        1400      30  flowed out by rule

c5 hung up in the menu; c6 heard a piece of information, c11 left a number to be called back, c13
answered two questions (5 and 3): the flow served these three to their end. c15 found the one channel
of its trunk taken. A callback is a call that we make: it is no arrival, is not offered and not
handled, but the agent is at work.

The work (seconds), by agent and caller:

    agent  caller  talk                     hold  after-call work
    8001   c1      120                             30
    8001   c4      60 + 80                    40   20
    8001   c7      60                              30
    8001   c12     60                              30
    8001   c16     50 | 70 after midnight          | 30
    8001   c17     | 60                            | 30
    8002   c4      60                              30
    8002   c9      60, then consults              20
    8002   c10     60 + 60 in conference + 30      12
    8002   c14     60                              10
    8003   c9      60                              30

The agents' states (seconds; of 8003 with the callback, of which 85 are talk and 10 after-call work):

    agent  signed in  ready                                       ringing  talking  hold  acw  not ready
    8001        3000  60 + 118 + 765 + 214 + 5 + 700 = 1862            61      560    40  170  300 + 7
    8002        3500  405 + 199 + 48 + 120 + 410 + 1826 = 3008         31      389         72
    8003        3000  90 + 25 + 114 + 58 + 2290 = 2577                 18      255         40  110
"""  # noqa: E501

from lianxi.drills.hour.wanted import Wanted
from lianxi.reports.questions import Key, Width

A = 8 + 25 + 32 + 6 + 10 + 115 + 6 + 5 + 4 + 4
"""Σ wait of the ten answered stays."""
B = 6 + 50 + 12
TALK = (120 + 60 + 80 + 60 + 60 + 50 + 70 + 60) + (60 + 60 + 60 + 60 + 30 + 60) + 60
ACW = (30 + 20 + 30 + 30 + 30 + 30) + (30 + 20 + 12 + 10) + 30

CENTRE = Wanted(
    name="the centre, the whole hour",
    width=Width.WHOLE,
    rows={
        (): {
            "I2.arrived": 17,  # c1 to c14, c16, c17, c18
            "I2.blocked": 1,  # c15
            "K22.a": 17 + 1,
            "K16.a": 1 / (1 + 17),
            "K16.b": (1 + 0) / (1 + 0 + 17),  # no carrier reported any
            "I1.offered": 15,
            "I1.A": 10,
            "I1.B": 3,
            "I1.S": 2,  # c2, c8
            "C.handled": 9,  # c1 c4 c7 c9 c10 c12 c14 c16 c17
            "K03.a": B / 3,
            "K03.b": 50 / 1,
            "K08.a": (A + B) / 13,
            "K08.b": (A + B) / 13,
            "K09.a": A / 10,
            "K09.b": (A + B + 30) / 10,
            "K09.c": (A - 0) / 10,  # who picks up is joined at once
            "K14.a": 1 / (15 - 2),
            "K14.b": 1 / 15,
            "K14.c": 3 / 15,
            "K18.a": 6 / 17,  # nobody free for c2, c3, c4, c17, c18, and for c12 in vip
            "K18.b": 6 / 15,
            "K20.a": 10 / 15,
            "L07": 2 / 15,
            "L20": 10 / 15,
            "K21.SL1": (7 + 2) / (10 + 3),
            "K21.SL2": 7 / 10,
            "K21.SL3": 7 / (10 + 3),
            "K21.SL4": 7 / (10 + 1),
            "K21.SL5": 7 / (10 + 3 - 2),
            "K21.SL5F": 7 / (10 + 3 - 2 + 1),
            "K21.SL6": (7 + 2) / 15,
            "K21.SL7": (10 / 15) * (17 / (17 + 1)),
            "K02.a": ACW / 9,
            "K02.b": ACW / 9,  # none of the nine went without
            "K05.a": (TALK + ACW) / 9,
            "K06.a": 40 / 9,
            "K06.b": 40 / 1,
            "K06.c": 1 / 1,
            "K06.d": 40,
            "K06.e": 0,  # c4 came back from hold
            "K06.f": 0 / 1,
            "K10.a": TALK / 9,
            "L02": (TALK + 40 + ACW) / 9,
            "K07.a": 0 / 17,  # the line is answered as it rings
            "K07.b": 0 / 17,
            "K11.a": 9 / ((3000 + 3500 + 3000) / 3600),
            "K13.a": (1204 + 282 + 40) / (1204 + 282 + 40 + 7447),
            "K19.a": 2 / 9,  # c4, c9
            "K19.b": 2 / 9,
            "L08": 3 / 17,  # c6, c11, c13
            "L09": 1 / 1,
            "L09.b": 15 / 2,  # 10 s lie between 0 and 15, where the middle of one is 7.5
            "L10": 1 / 2,  # 5, not 3
            "L10.b": 2 / 2,
            "L10.c": (5 + 3) / 2,
        }
    },
)

DAYS = Wanted(
    name="the centre, before and after midnight",
    width=Width.DAY,
    rows={
        ("2026-11-20",): {
            "I1.offered": 14,
            "I1.A": 10,  # c17 came before midnight
            "C.handled": 8,
            "K10.a": (TALK - 70 - 60) / 8,
            "K02.a": (ACW - 30 - 30) / 8,
            "K13.a": (430 + 389 + 255 + 110 + 72 + 40 + 40) / (1336 + 1157 + 1308 + 777),
        },
        ("2026-11-21",): {
            "I1.offered": 1,
            "I1.A": 0,
            "K09.a": None,
            "C.handled": 1,
            "K10.a": (70 + 60) / 1,
            "K02.a": (30 + 30) / 1,
            "K13.a": (130 + 60) / (130 + 60 + 705 + 1700 + 1800),
        },
    },
)

QUEUES = Wanted(
    name="by queue",
    width=Width.WHOLE,
    by=(Key.QUEUE,),
    rows={
        ("sales",): {
            "I1.offered": 9,
            "I1.A": 6,
            "I1.B": 2,
            "C.handled": 6,
            "K09.a": (8 + 25 + 32 + 6 + 10 + 115) / 6,
            "K14.a": 1 / (9 - 1),
            "K21.SL4": 3 / (6 + 1),
            "K10.a": (120 + 60 + 80 + 60 + 60 + 120 + 60) / 6,
            "K06.a": 40 / 6,
            "K02.a": (30 + 20 + 30 + 30 + 30 + 30) / 6,
            "K19.a": 1 / 6,
        },
        ("service",): {
            "I1.offered": 5,
            "I1.A": 4,
            "I1.B": 1,
            "C.handled": 4,  # c4 once more, in this queue
            "K09.a": (6 + 5 + 4 + 4) / 4,
            "K14.a": 0 / (5 - 1),
            "K21.SL4": 4 / (4 + 0),
            "K10.a": (60 + 60 + 60 + 60 + 60 + 30 + 60) / 4,
            "K06.a": 0 / 4,
            "K02.a": (30 + 20 + 30 + 12 + 10) / 4,
            "K19.a": 1 / 4,
        },
        ("vip",): {
            "I1.offered": 1,
            "I1.A": 0,
            "K09.a": None,
            "K14.a": 0 / 1,
            "K10.a": None,
        },
    },
)

AGENTS = Wanted(
    name="by agent",
    width=Width.WHOLE,
    by=(Key.AGENT,),
    rows={
        ("8001",): {
            "C.handled": 6,
            "K10.a": (120 + 140 + 60 + 60 + 120 + 60) / 6,
            "K02.a": (30 + 20 + 30 + 30 + 30 + 30) / 6,
            "K11.a": 6 / (3000 / 3600),
            "K13.a": (560 + 40 + 170) / (560 + 40 + 170 + 1862),
            "K19.a": 1 / 6,
        },
        ("8002",): {
            "C.handled": 4,
            "K10.a": (60 + 60 + 150 + 60) / 4,
            "K02.a": (30 + 20 + 12 + 10) / 4,
            "K11.a": 4 / (3500 / 3600),
            "K13.a": (389 + 72) / (389 + 72 + 3008),
            "K19.a": 1 / 4,
        },
        ("8003",): {
            "C.handled": 1,  # c9; in c10 it was a guest
            "K10.a": 60 / 1,
            "K02.a": 30 / 1,
            "K11.a": 1 / (3000 / 3600),
            "K13.a": (255 + 40) / (255 + 40 + 2577),
            "K19.a": 0 / 1,
        },
    },
)

ALL = (CENTRE, DAYS, QUEUES, AGENTS)

WITHOUT_FACTS = frozenset(
    {
        "K04.a", "L03", "L12.a", "L12.b", "K17.a", "K17.b", "K17.c",
        "L16", "L16.b", "L17", "L17.b", "L132", "L132.b", "L133", "L134", "L135",
    }
)  # fmt: skip
"""Formulas whose facts the hour does not have: nobody booked a cost, asked for an identity or took
a work order, and whether a matter was settled shows in the days after it."""
