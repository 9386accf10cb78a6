"""Days as people write them in plans and mails, on Monday 22 March 2027, and what is meant.

Mostly English, with the German and numeric forms that are common beside it. What two readers would
take for two days is in `ASKED`, what no calendar has in `REFUSED`.
"""

from __future__ import annotations

from datetime import date

TODAY = date(2027, 3, 22)

PHRASES = """
2027-03-01 = 2027-03-01
2027-3-1 = 2027-03-01
20270301 = 2027-03-01
2027/03/01 = 2027-03-01
2027.03.01 = 2027-03-01
2027-12-24 = 2027-12-24
27-03-01 = 2027-03-01
01.03.2027 = 2027-03-01
1.3.2027 = 2027-03-01
1. 4. 2027 = 2027-04-01
1.4.27 = 2027-04-01
24.12. = 2027-12-24
24.12 = 2027-12-24
1.2. = 2028-02-01
15/3/2027 = 2027-03-15
15-3-2027 = 2027-03-15
3/15/2027 = 2027-03-15
31/12/27 = 2027-12-31
12/25 = 2027-12-25
15/4 = 2027-04-15
4/4/2027 = 2027-04-04
1 mar = 2028-03-01
1 apr = 2027-04-01
1 April = 2027-04-01
1st april = 2027-04-01
1st of april = 2027-04-01
the 1st of April = 2027-04-01
April 1 = 2027-04-01
April 1st = 2027-04-01
April 1st, 2027 = 2027-04-01
Apr. 1 = 2027-04-01
apr 1 2028 = 2028-04-01
1apr = 2027-04-01
1apr2027 = 2027-04-01
1-apr-2027 = 2027-04-01
1-Apr-27 = 2027-04-01
01 Apr 2027 = 2027-04-01
1 apr '28 = 2028-04-01
2027 april 1 = 2027-04-01
22 mar = 2027-03-22
21 mar = 2028-03-21
3 sept = 2027-09-03
September 3rd = 2027-09-03
29 feb = 2028-02-29
31 dec = 2027-12-31
dec 31 = 2027-12-31
Mon 5 April = 2027-04-05
Thursday, 1 April 2027 = 2027-04-01
Thu 1 Apr 2027 = 2027-04-01
on 1 april = 2027-04-01
by 1 april = 2027-04-01
until 30 june = 2027-06-30
today = 2027-03-22
now = 2027-03-22
tomorrow = 2027-03-23
yesterday = 2027-03-21
day after tomorrow = 2027-03-24
the day before yesterday = 2027-03-20
mon = 2027-03-29
monday = 2027-03-29
tue = 2027-03-23
Tuesday = 2027-03-23
wed = 2027-03-24
friday = 2027-03-26
fri = 2027-03-26
sunday = 2027-03-28
this friday = 2027-03-26
on friday = 2027-03-26
by friday = 2027-03-26
coming monday = 2027-03-29
next monday = 2027-03-29
last friday = 2027-03-19
last monday = 2027-03-15
friday next week = 2027-04-02
fri next week = 2027-04-02
next week friday = 2027-04-02
tuesday of next week = 2027-03-30
monday in two weeks = 2027-04-05
friday this week = 2027-03-26
friday last week = 2027-03-19
friday week = 2027-04-02
next week = 2027-03-29
end of week = 2027-03-26
eow = 2027-03-26
end of next week = 2027-04-02
middle of next week = 2027-03-31
week after next = 2027-04-05
the week of 5 april = 2027-04-05
w/c 5 april = 2027-04-05
+2w = 2027-04-05
+ 2 weeks = 2027-04-05
2w = 2027-04-05
2 weeks = 2027-04-05
in 2 weeks = 2027-04-05
in two weeks = 2027-04-05
in 2 weeks' time = 2027-04-05
two weeks from now = 2027-04-05
3 weeks from now = 2027-04-12
in a week = 2027-03-29
a week from today = 2027-03-29
a week from monday = 2027-04-05
a fortnight from now = 2027-04-05
2 weeks ago = 2027-03-08
-1w = 2027-03-15
+5d = 2027-03-29
5d = 2027-03-29
+7d = 2027-03-31
-1d = 2027-03-19
10 working days = 2027-04-05
in 10 working days = 2027-04-05
10 business days from now = 2027-04-05
3 working days ago = 2027-03-17
in 3 days = 2027-03-25
30 calendar days = 2027-04-21
2w 3d = 2027-04-08
in 1 week and 2 days = 2027-03-31
+3m = 2027-06-22
in 3 months = 2027-06-22
3 months from now = 2027-06-22
a month from now = 2027-04-22
in half a year = 2027-09-22
+1q = 2027-06-22
+1y = 2028-03-22
in a year = 2028-03-22
2 weeks after 1 june = 2027-06-15
2 weeks before 1 june = 2027-05-18
1 june + 2w = 2027-06-15
march = 2028-03-01
mar = 2028-03-01
april = 2027-04-01
apr = 2027-04-01
in june = 2027-06-01
june 2028 = 2028-06-01
jun-2027 = 2027-06-01
2027-06 = 2027-06-01
06/2027 = 2027-06-01
6.2027 = 2027-06-01
start of april = 2027-04-01
beginning of june = 2027-06-01
early june = 2027-06-01
mid june = 2027-06-15
mid-june = 2027-06-15
middle of april = 2027-04-15
end of march = 2027-03-31
end of june = 2027-06-30
end june = 2027-06-30
late june = 2027-06-30
june end = 2027-06-30
end of feb = 2028-02-29
end of february 2027 = 2027-02-28
last day of june = 2027-06-30
the last day of june = 2027-06-30
first day of july = 2027-07-01
first of july = 2027-07-01
last working day of june = 2027-06-30
first working day of may = 2027-05-03
last working day of may = 2027-05-31
first monday of june = 2027-06-07
first monday in june = 2027-06-07
third friday of may = 2027-05-21
last friday of may = 2027-05-28
end of month = 2027-03-31
end of the month = 2027-03-31
end of this month = 2027-03-31
month end = 2027-03-31
eom = 2027-03-31
last day of the month = 2027-03-31
next month = 2027-04-01
end of next month = 2027-04-30
middle of next month = 2027-04-15
15th of next month = 2027-04-15
the 15th = 2027-04-15
the 1st = 2027-04-01
31st = 2027-03-31
june next year = 2028-06-01
1 june next year = 2028-06-01
march this year = 2027-03-01
last june = 2026-06-01
q1 = 2028-01-01
q2 = 2027-04-01
Q2 2027 = 2027-04-01
Q2/2027 = 2027-04-01
2027-q2 = 2027-04-01
2027q2 = 2027-04-01
q2 '28 = 2028-04-01
q3 next year = 2028-07-01
second quarter = 2027-04-01
2nd quarter 2028 = 2028-04-01
start of q3 = 2027-07-01
mid q2 = 2027-05-16
end q3 = 2027-09-30
end of q3 = 2027-09-30
end of Q1 = 2027-03-31
end of Q4 2027 = 2027-12-31
by end of q2 = 2027-06-30
next quarter = 2027-04-01
end of next quarter = 2027-06-30
end of quarter = 2027-03-31
end of this quarter = 2027-03-31
eoq = 2027-03-31
h2 = 2027-07-01
second half = 2027-07-01
h2 2028 = 2028-07-01
end of h1 = 2027-06-30
eoy = 2027-12-31
end of year = 2027-12-31
end of the year = 2027-12-31
year end = 2027-12-31
next year = 2028-01-01
end of next year = 2028-12-31
end of 2027 = 2027-12-31
mid 2028 = 2028-07-01
2028 = 2028-01-01
kw 12 = 2027-03-22
kw12 = 2027-03-22
KW 14 = 2027-04-05
KW 14/2027 = 2027-04-05
14. KW = 2027-04-05
w14 = 2027-04-05
week 14 = 2027-04-05
calendar week 14 = 2027-04-05
wk 2 = 2028-01-10
w14 2028 = 2028-04-03
2027-W14 = 2027-04-05
2027W14 = 2027-04-05
2027-W12-3 = 2027-03-24
2027W123 = 2027-03-24
fri w14 = 2027-04-09
friday of week 14 = 2027-04-09
end of week 14 = 2027-04-09
heute = 2027-03-22
morgen = 2027-03-23
übermorgen = 2027-03-24
1. April = 2027-04-01
3. Mai 2027 = 2027-05-03
1. März = 2028-03-01
1 okt = 2027-10-01
24. Dezember = 2027-12-24
Ende Juni = 2027-06-30
Anfang Juli = 2027-07-01
Mitte Mai = 2027-05-16
Monatsende = 2027-03-31
Ende des Monats = 2027-03-31
Quartalsende = 2027-03-31
Jahresende = 2027-12-31
Ende Q3 = 2027-09-30
nächste Woche = 2027-03-29
Freitag nächste Woche = 2027-04-02
nächsten Monat = 2027-04-01
in zwei Wochen = 2027-04-05
in 10 Arbeitstagen = 2027-04-05
vor 2 Wochen = 2027-03-08
Freitag = 2027-03-26
bis Ende April = 2027-04-30
christmas = 2027-12-25
first week of june = 2027-06-07
a couple of weeks from now = 2027-04-05
end of fiscal year = 2027-12-31
Easter monday = 2027-03-29
spring = 2027-04-01
"""

ASKED = """
1/4/2027
1/4
1-4-2027
15
1
next friday
next fri
nächsten Freitag
next june
next q3
jun-27
this month
5 days ago or so
"""

REFUSED = """
none
asap
tbd
soon
never
later this year maybe
not before june
after 1 april
about june
before q3
31 feb
31 april
30 feb 2027
2027-02-30
2027-13-01
2027-W53
2027-W60
w53
q5
h3
32 march
0 march
1066-01-01
+900y
Tue 1 Mar 2027
2027-
2027-03-01x
1 mar or 1 apr
"""


def meant(text: str = PHRASES) -> dict[str, date]:
    """Each phrase with its day."""
    pairs = (line.rpartition(" = ") for line in text.strip().splitlines())
    return {phrase: date.fromisoformat(day) for phrase, _, day in pairs}


def lines(text: str) -> list[str]:
    """The phrases of a list without days."""
    return text.strip().splitlines()
