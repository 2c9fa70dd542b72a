"""The hour, second by second. The arithmetic stands in `expected.py`.

Second 0 is half past eleven in the evening, second 1800 midnight, second 3600 the end. Callers are
c1, c2 …; a line is a second, somebody, and a deed from `DEEDS` in `playing.py`.
"""

BEGINS = "2026-11-20 23:30"
"""In the centre's zone."""
ENDS_S = 3600

HOUR = """
   0  8001  comes
   0  8002  comes
  60  c1    calls 4101
  68  8001  picks up
  70  c2    calls 4101
  76  c2    hangs up
  80  c3    calls 4101
 130  c3    hangs up
 188  c1    hangs up
 200  c4    calls 4101
 218  8001  is done order
 225  8001  picks up
 285  8001  holds
 325  8001  resumes
 405  8001  transfers to service: wants a repair
 411  8002  picks up
 425  8001  is done question
 471  c4    hangs up
 501  8002  is done fault
 520  c5    calls 4000
 523  c5    hangs up
 530  c6    calls 4000
 532  c6    presses 4
 540  c7    calls 4000
 543  c7    presses 1
 570  8001  wants calls again
 575  8001  picks up
 600  8003  comes
 635  8001  ends it
 665  8001  is done order
 690  8003  pauses for meal
 700  c8    calls 4100
 712  c8    hangs up
 760  c9    calls 4100
 765  8002  picks up
 800  8003  wants calls again
 825  8002  consults 8003
 830  8003  picks up
 860  8002  hands over: needs an expert
 880  8002  is done question
 920  c9    hangs up
 950  8003  is done fault
1000  c10   calls 4100
1004  8002  picks up
1064  8002  consults 8003
1068  8003  picks up
1088  8002  makes it a conference
1148  8003  leaves
1178  c10   hangs up
1190  8002  is done question
1200  c11   calls 4000
1202  c11   presses 3
1206  c11   presses 1
1215  8003  takes the callback
1217  8003  picks up
1225  c11   answers the callback
1300  8003  ends it
1310  8003  is done question
1400  c12   calls 4102
1436  8001  picks up
1496  c12   hangs up
1526  8001  is done order
1540  c13   calls 4000
1545  c13   presses 5
1548  c13   presses 5
1551  c13   presses 3
1600  c14   calls 4103
1604  8002  picks up
1610  c15   calls 4103
1664  c14   hangs up
1674  8002  is done question
1740  c16   calls 4101
1750  8001  picks up
1790  c17   calls 4101
1870  c16   hangs up
1900  8001  is done order
1905  8001  picks up
1965  c17   hangs up
1995  8001  is done question
2000  8001  pauses for meal
2300  8001  wants calls again
3000  8001  goes
3500  8002  goes
3580  c18   calls 4101
"""
