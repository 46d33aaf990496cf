import dayjs from '../packages/dayjs/esm/index.js';
import customParseFormat from '../packages/dayjs/esm/plugin/customParseFormat/index.js';
import duration from '../packages/dayjs/esm/plugin/duration/index.js';
import isoWeek from '../packages/dayjs/esm/plugin/isoWeek/index.js';
import relativeTime from '../packages/dayjs/esm/plugin/relativeTime/index.js';
import utc from '../packages/dayjs/esm/plugin/utc/index.js';
import { DateTime, Duration, Interval } from '../packages/luxon/src/luxon.js';
import { task } from './journal.mjs';

for (const plugin of [customParseFormat, duration, isoWeek, relativeTime, utc]) dayjs.extend(plugin);

task('bookings of the week cannot be listed', (log) => {
  const start = DateTime.fromISO('2026-02-27T22:30:00', { zone: 'Europe/Paris' });
  log.compare(
    'arrival times moved',
    [1, 5, 40].map((days) => start.plus({ days, hours: 6 }).toISO()),
  );
  log.compare('week of the arrival changed', [
    start.weekNumber,
    start.weekday,
    start.ordinal,
    start.daysInMonth,
  ]);
  log.compare(
    'bookings begin on another day',
    ['week', 'month', 'quarter', 'hour'].map((unit) => start.startOf(unit).toISO()),
  );
  log.compare(
    "arrival in the guest's zone differs",
    start.setZone('Asia/Kathmandu').toFormat("dd LLL yyyy HH:mm 'Uhr' ZZ"),
  );
  log.compare('arrival is written otherwise', [
    start.toHTTP(),
    start.toRFC2822(),
    start.toSQL(),
    start.toISOWeekDate(),
  ]);
});

task('entered dates cannot be read', (log) => {
  const texts = [
    '2026-W10-1T05',
    '20260302T0405Z',
    '2026-061',
    '2026-03-02T04:05:06.789+05:30',
    '2026-13-01',
  ];
  log.compare(
    'entered dates were read otherwise',
    texts.map((text) => DateTime.fromISO(text, { setZone: true }).toISO()),
  );
  log.compare('dates of the old form were read otherwise', [
    DateTime.fromFormat('03/02/26 7:05 PM', 'MM/dd/yy h:mm a').toISO(),
    DateTime.fromRFC2822('Mon, 02 Mar 2026 10:00:05 +0130').toUTC().toISO(),
    DateTime.fromSQL('2026-03-02 10:11:12.5').toISO(),
    DateTime.fromHTTP('Sun, 06 Nov 1994 08:49:37 GMT').toISO(),
  ]);
  log.compare(
    'a date that cannot be is told otherwise',
    DateTime.fromObject({ year: 2026, month: 2, day: 30 }).invalidExplanation,
  );
  log.compare('days typed by hand were read otherwise', [
    dayjs('3-2-2026 4:05', 'D-M-YYYY H:mm').format(),
    dayjs('2026 Feb 09', 'YYYY MMM DD').format('DD/MM/YY [at] hh:mm A'),
  ]);
});

task('length of a stay cannot be told', (log) => {
  const stay = Interval.fromDateTimes(DateTime.utc(2026, 1, 30), DateTime.utc(2026, 3, 1, 12));
  log.compare('length of the stay changed', [
    stay.length('days'),
    stay.toDuration(['months', 'days', 'hours']).toObject(),
    stay.count('weeks'),
  ]);
  log.compare(
    'nights of the stay were split otherwise',
    stay.splitBy({ days: 12 }).map((part) => part.toISODate()),
  );
  const other = Interval.fromISO('2026-02-10/P3D');
  log.compare('overlap of two stays changed', [
    stay.overlaps(other),
    stay.intersection(other)?.toISODate(),
    stay.difference(other).map(String),
    Interval.merge([other, stay]).map(String),
  ]);
  const span = Duration.fromISO('P1Y2M10DT2H30M').normalize();
  log.compare('booked span reads otherwise', [
    span.toISO(),
    span.shiftTo('weeks', 'hours').toObject(),
    span.negate().toFormat('d hh:mm'),
    Duration.fromMillis(93784005).rescale().toObject(),
  ]);
  log.compare('waiting time of the guest reads otherwise', [
    DateTime.utc(2026, 3, 1).toRelative({ base: DateTime.utc(2026, 2, 27) }),
    dayjs('2026-03-02').from(dayjs('2026-01-01')),
    dayjs.duration({ hours: 27, minutes: 5 }).humanize(),
  ]);
});

task('rates by season cannot be assigned', (log) => {
  const day = dayjs.utc('2026-01-31T10:20:30Z');
  log.compare('season of a day changed', [
    day.add(1, 'month').format(),
    day.endOf('week').toISOString(),
    day.isoWeek(),
    day.diff(dayjs.utc('2025-11-15'), 'month', true),
  ]);
  log.compare('days of the season are set otherwise', [
    day.set('month', 3).date(),
    day.day(),
    day.daysInMonth(),
    day.startOf('year').unix(),
    day.subtract(36, 'hour').format('ddd D MMM'),
  ]);
  log.compare('season spans were read otherwise', [
    dayjs.duration('P2DT3H').asHours(),
    dayjs.duration(90061000).format('D [d] H:mm:ss'),
    day.isBefore(dayjs.utc('2026-02-01')),
    day.utcOffset(120).format(),
  ]);
});
