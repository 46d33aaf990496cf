from nightly.journal import task
from shared import _strptime, calendar, datetime, graphlib, heapq, ipaddress, sched


@task("calendar of the month cannot be drawn")
def draw_month(log):
    log.compare("calendar of the month looks different", calendar.TextCalendar(6).formatmonth(2026, 2))
    log.compare("calendar page for the web differs", calendar.HTMLCalendar().formatmonth(2026, 5))
    log.compare("weeks of the month changed", calendar.Calendar(0).monthdayscalendar(2024, 2))
    log.compare("leap years are counted otherwise", [calendar.isleap(1900), calendar.leapdays(1896, 2005), calendar.monthrange(2024, 2), calendar.timegm((2026, 3, 2, 1, 2, 3))])


@task("shift plan has an impossible date")
def plan_shifts(log):
    start = datetime.datetime(2026, 2, 27, 22, 30, tzinfo=datetime.timezone(datetime.timedelta(hours=5, minutes=30)))
    log.compare("shifts end at another time", [str(start + datetime.timedelta(hours=n * 11.5)) for n in range(4)])
    log.compare("shift start in universal time moved", start.astimezone(datetime.timezone.utc).isoformat(timespec="minutes"))
    log.compare("written shift start is read otherwise", [repr(datetime.datetime.fromisoformat(text)) for text in ("2026-03-02T04:05:06.789+02:00", "20260302T040506Z", "2026-W10-1")])
    log.compare("length of a shift is told otherwise", [str(datetime.timedelta(days=-1, seconds=5)), repr(datetime.timedelta(1, 2, 3) / 3), datetime.timedelta(hours=3) // datetime.timedelta(minutes=7)])
    log.compare("week of the shift changed", [datetime.date(2026, 12, 31).isocalendar(), datetime.date.fromordinal(739000), datetime.date(2024, 2, 29).timetuple()[:8]])
    log.compare("printed shift start differs", start.strftime("%d.%m.%y %H:%M %z"))
    log.compare("entered shift start is read otherwise", _strptime._strptime("03 Feb 2026 11:07 PM +0230", "%d %b %Y %I:%M %p %z"))
    log.compare("order of shifts changed", sorted([start, start - datetime.timedelta(1), start.replace(tzinfo=datetime.timezone.utc)]))


@task("order of jobs is circular")
def order_jobs(log):
    jobs = graphlib.TopologicalSorter({"ship": {"pack", "bill"}, "pack": {"pick"}, "bill": {"pick"}})
    jobs.prepare()
    waves = []
    while jobs.is_active():
        ready = sorted(jobs.get_ready())
        waves.append(ready)
        jobs.done(*ready)
    log.compare("waves of jobs changed", waves)
    queue = [7, 3, 9, 1, 4]
    heapq.heapify(queue)
    log.compare("most urgent jobs changed", [heapq.heappop(queue), heapq.heappushpop(queue, 2), heapq.heapreplace(queue, 8), heapq.nsmallest(3, queue), heapq.nlargest(2, queue, key=lambda n: -n)])
    log.compare("merged job lists differ", list(heapq.merge([1, 4, 9], [2, 3, 10], [5], reverse=False)))
    now = [0]
    ran = []
    agenda = sched.scheduler(lambda: now[0], lambda seconds: now.__setitem__(0, now[0] + seconds))
    agenda.enter(5, 1, ran.append, ("late",))
    agenda.enter(2, 2, ran.append, ("b",))
    agenda.enter(2, 1, ran.append, ("a",))
    agenda.cancel(agenda.enterabs(1, 1, ran.append, ("never",)))
    agenda.run()
    log.compare("agenda ran in another order", [ran, now])


@task("network plan is inconsistent")
def plan_network(log):
    net = ipaddress.ip_network("10.20.0.0/22")
    log.compare("networks of the plan changed", [str(one) for one in net.subnets(new_prefix=24)])
    log.compare("addresses of the plan changed", [str(net.broadcast_address), net.num_addresses, str(list(net.hosts())[-1]), ipaddress.ip_address("10.20.3.9") in net])
    log.compare("shortened addresses look different", [str(ipaddress.ip_address(text)) for text in ("2001:db8:0:0:1:0:0:1", "::ffff:1.2.3.4", "fe80::")] + [ipaddress.ip_address("1::2").exploded])
    log.compare("merged networks differ", [str(one) for one in ipaddress.collapse_addresses([ipaddress.ip_network(f"192.168.{n}.0/24") for n in range(4)])])
    log.compare("range of addresses is summed up otherwise", [str(one) for one in ipaddress.summarize_address_range(ipaddress.ip_address("10.0.0.3"), ipaddress.ip_address("10.0.0.18"))])
    log.compare("private addresses are judged otherwise", [ipaddress.ip_address("172.16.5.1").is_private, ipaddress.ip_network("10.0.0.0/9").supernet(), ipaddress.ip_interface("10.1.2.3/255.255.0.0").network])
    log.compare("excluded network leaves others", [str(one) for one in net.address_exclude(ipaddress.ip_network("10.20.1.0/25"))])
