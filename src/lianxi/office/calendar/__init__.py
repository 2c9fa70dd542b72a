"""Calendar: open time as arithmetic. How much of it lies between two moments, and when a given
amount of it has passed.

A calendar has several windows a day, days that do not follow the week (holidays without a window,
make-up working days with one), and a day until which its holidays are known. Nothing here reads a
clock or a table: the calendar comes in as a value.

    >>> from lianxi.office.calendar.contracts import WorkCalendar
    >>> from lianxi.office.calendar.rules import add, elapsed
    >>> from lianxi.kernel.time import Instant, Millis
    >>> week = {day: ((9 * 60, 12 * 60), (13 * 60, 18 * 60)) for day in range(5)}
    >>> office = WorkCalendar(id="office", zone="Asia/Shanghai", weekly=week)
    >>> friday_five = Instant(1_798_189_200_000)  # 2026-12-25 17:00 in Shanghai
    >>> monday_ten = add(office, friday_five, Millis(2 * 3_600_000))
    >>> (monday_ten - friday_five) / 3_600_000
    65.0
    >>> elapsed(office, friday_five, monday_ten) / 3_600_000
    2.0
"""
