package nightly;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import nightly.time.DateTimeException;
import nightly.time.DayOfWeek;
import nightly.time.Duration;
import nightly.time.Instant;
import nightly.time.LocalDate;
import nightly.time.LocalDateTime;
import nightly.time.LocalTime;
import nightly.time.OffsetDateTime;
import nightly.time.Period;
import nightly.time.Year;
import nightly.time.YearMonth;
import nightly.time.ZoneId;
import nightly.time.ZoneOffset;
import nightly.time.ZonedDateTime;
import nightly.time.format.DateTimeFormatter;
import nightly.time.format.DateTimeFormatterBuilder;
import nightly.time.format.TextStyle;
import nightly.time.temporal.ChronoField;
import nightly.time.temporal.ChronoUnit;
import nightly.time.temporal.IsoFields;
import nightly.time.temporal.TemporalAdjusters;
import nightly.time.temporal.WeekFields;

class Planning implements Journal.Tasks {
    public Map<String, Journal.Step> tasks() {
        Map<String, Journal.Step> tasks = new LinkedHashMap<>();
        tasks.put("shift plan has an impossible date", this::planShifts);
        tasks.put("length of a shift cannot be told", this::measureShifts);
        tasks.put("entered dates cannot be read", this::readDates);
        tasks.put("printed plan could not be dated", this::writeDates);
        tasks.put("shifts in other zones got lost", this::moveZones);
        return tasks;
    }

    void planShifts(Journal log) {
        LocalDate day = LocalDate.of(2024, 1, 31);
        log.compare("days of the shift plan changed", List.of(day.plusMonths(1), day.minusDays(400), day.plusWeeks(5), day.withDayOfYear(60), day.getDayOfWeek(), day.lengthOfMonth(), day.isLeapYear(), LocalDate.ofEpochDay(-800000), day.toEpochDay(), day.atStartOfDay()));
        log.compare("first and last days of the plan changed", List.of(day.with(TemporalAdjusters.firstInMonth(DayOfWeek.TUESDAY)), day.with(TemporalAdjusters.lastDayOfYear()), day.with(TemporalAdjusters.next(DayOfWeek.WEDNESDAY)), day.with(TemporalAdjusters.dayOfWeekInMonth(-2, DayOfWeek.FRIDAY)), day.with(TemporalAdjusters.previousOrSame(DayOfWeek.WEDNESDAY))));
        log.compare("weeks of the plan changed", List.of(day.get(WeekFields.ISO.weekOfWeekBasedYear()), LocalDate.of(2026, 12, 31).get(IsoFields.WEEK_OF_WEEK_BASED_YEAR), day.get(IsoFields.QUARTER_OF_YEAR), day.get(ChronoField.ALIGNED_WEEK_OF_YEAR), day.get(WeekFields.SUNDAY_START.weekOfMonth()), IsoFields.QUARTER_YEARS.between(day, LocalDate.of(2026, 3, 1))));
        log.compare("hours of the plan changed", List.of(LocalTime.of(22, 30).plusMinutes(125), LocalTime.MIDNIGHT.minusNanos(1), LocalTime.parse("10:15:30.25").truncatedTo(ChronoUnit.MINUTES), LocalTime.ofSecondOfDay(86399), LocalDateTime.of(2024, 2, 28, 23, 59).plusSeconds(61), LocalTime.NOON.compareTo(LocalTime.of(12, 0, 1))));
        log.compare("months of the plan changed", List.of(YearMonth.of(2023, 11).plusMonths(15), YearMonth.parse("2024-02").atEndOfMonth(), Year.of(1900).isLeap(), Year.parse("2024").atDay(366), YearMonth.of(2023, 2).isValidDay(29)));
        try {
            log.compare("a day that cannot be", LocalDate.of(2023, 2, 29));
        } catch (DateTimeException error) {
            log.compare("a day that cannot be is told otherwise", error.getMessage());
        }
    }

    void measureShifts(Journal log) {
        Duration shift = Duration.parse("PT8H6M12.345S");
        log.compare("length of a shift changed", List.of(shift.multipliedBy(3), shift.dividedBy(7), shift.negated(), shift.toMinutes(), shift.toSecondsPart(), shift.plus(Duration.ofDays(-1)), Duration.ofMillis(-1), shift.compareTo(Duration.ofHours(8)), shift.truncatedTo(ChronoUnit.MINUTES), Duration.parse("-P1DT2H").abs()));
        log.compare("time between shifts changed", List.of(Period.between(LocalDate.of(2023, 11, 30), LocalDate.of(2026, 3, 1)), ChronoUnit.DAYS.between(LocalDate.of(2023, 11, 30), LocalDate.of(2026, 3, 1)), ChronoUnit.MONTHS.between(LocalDateTime.of(2023, 1, 31, 5, 0), LocalDateTime.of(2023, 2, 28, 4, 0)), Duration.between(LocalTime.of(22, 0), LocalTime.of(6, 30)), LocalDate.of(2024, 2, 29).until(LocalDate.of(2025, 2, 28)), Period.parse("P1Y2M3W4D").normalized(), Period.ofMonths(27).toTotalMonths(), Period.of(0, 30, 5).normalized()));
        log.compare("moments of shifts changed", List.of(Instant.ofEpochSecond(1772438400, 999_999_999).plusNanos(1), Instant.parse("2026-03-02T00:00:00.5Z").toEpochMilli(), Instant.EPOCH.minusMillis(1), Instant.ofEpochMilli(-5).getNano(), Instant.EPOCH.until(Instant.ofEpochSecond(90061), ChronoUnit.HOURS), Instant.ofEpochSecond(100).truncatedTo(ChronoUnit.MINUTES)));
        for (String broken : new String[] {"PT", "P1H", "8h", "PT1.5M"}) {
            try {
                log.compare("a broken length was accepted", Duration.parse(broken));
            } catch (DateTimeException error) {
                log.compare("a broken length is told otherwise", error.getMessage());
            }
        }
    }

    void readDates(Journal log) {
        List<Object> read = new ArrayList<>();
        read.add(LocalDate.parse("2024-W05-3", DateTimeFormatter.ISO_WEEK_DATE));
        read.add(LocalDate.parse("20240229", DateTimeFormatter.BASIC_ISO_DATE));
        read.add(OffsetDateTime.parse("2026-03-02T04:05:06.789+05:30").toInstant());
        read.add(ZonedDateTime.parse("Mon, 2 Mar 2026 10:00:05 +0130", DateTimeFormatter.RFC_1123_DATE_TIME));
        read.add(LocalDateTime.parse("3/Feb/26 11:07 PM", DateTimeFormatter.ofPattern("d/MMM/yy hh:mm a", Locale.ENGLISH)));
        read.add(LocalDate.parse("2024-060", DateTimeFormatter.ISO_ORDINAL_DATE));
        DateTimeFormatter loose = new DateTimeFormatterBuilder().parseCaseInsensitive().appendPattern("d.M.").appendValueReduced(ChronoField.YEAR, 2, 2, 2000).optionalStart().appendLiteral(' ').appendPattern("H:mm").optionalEnd().parseDefaulting(ChronoField.HOUR_OF_DAY, 7).toFormatter(Locale.ENGLISH);
        read.add(loose.parse("2.3.26 4:05").get(ChronoField.MINUTE_OF_HOUR));
        read.add(loose.parse("2.3.26").query(LocalDate::from));
        log.compare("entered dates were read otherwise", read);
        for (String broken : new String[] {"2024-02-30", "2024-2-3", "24-02-03", "2024-13-01", "2024-02-03x"}) {
            try {
                log.compare("a broken date was accepted", LocalDate.parse(broken));
            } catch (DateTimeException error) {
                log.compare("a broken date is told otherwise", error.getMessage());
            }
        }
    }

    void writeDates(Journal log) {
        ZonedDateTime start = ZonedDateTime.of(2026, 2, 7, 9, 5, 3, 40_000_000, ZoneId.of("Europe/Paris"));
        List<Object> written = new ArrayList<>();
        for (String pattern : new String[] {"EEEE d MMMM uuuu", "dd.MM.yy HH:mm:ss.SSS", "h:mm a XXX", "D 'day' w Q", "yyyy-MM-dd'T'HHmm Z VV", "E, MMM d ''yy", "kk:K n A", "G uuuuu e c"}) {
            written.add(start.format(DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH)));
        }
        log.compare("dates of the printed plan differ", written);
        log.compare("standard dates of the plan differ", List.of(DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(start), DateTimeFormatter.ISO_WEEK_DATE.format(start), DateTimeFormatter.RFC_1123_DATE_TIME.format(start), DateTimeFormatter.ISO_INSTANT.format(start), DayOfWeek.MONDAY.plus(9).getDisplayName(TextStyle.SHORT, Locale.FRENCH), DateTimeFormatter.ofPattern("[uuuu][-MM]{x}".replace("{x}", "'x'")).toString(), new DateTimeFormatterBuilder().padNext(6, '*').appendValue(ChronoField.YEAR).appendFraction(ChronoField.NANO_OF_SECOND, 0, 4, true).toFormatter().format(start)));
        try {
            log.compare("a broken form was accepted", DateTimeFormatter.ofPattern("yyyy-b"));
        } catch (IllegalArgumentException error) {
            log.compare("a broken form of a date is told otherwise", error.getMessage());
        }
    }

    void moveZones(Journal log) {
        ZoneId paris = ZoneId.of("Europe/Paris");
        LocalDateTime gap = LocalDateTime.of(2026, 3, 29, 2, 30);
        LocalDateTime overlap = LocalDateTime.of(2026, 10, 25, 2, 30);
        log.compare("shifts at the change of the clock moved", List.of(gap.atZone(paris), overlap.atZone(paris).withLaterOffsetAtOverlap(), overlap.atZone(paris).plusHours(1), gap.atZone(paris).minusDays(1), paris.getRules().getTransition(gap), paris.getRules().getValidOffsets(overlap), paris.getRules().nextTransition(Instant.ofEpochSecond(1772438400))));
        log.compare("shifts in other zones moved", List.of(ZonedDateTime.of(gap, ZoneId.of("Asia/Kathmandu")).withZoneSameInstant(ZoneId.of("America/St_Johns")), OffsetDateTime.of(overlap, ZoneOffset.ofHoursMinutes(5, 30)).withOffsetSameInstant(ZoneOffset.UTC), ZoneOffset.of("-03:30").getTotalSeconds(), ZoneOffset.ofTotalSeconds(-19815), ZoneId.of("GMT+2").normalized(), ZoneId.of("UTC+01:30").getRules().isFixedOffset(), paris.getRules().isDaylightSavings(Instant.ofEpochSecond(1785000000)), ZonedDateTime.of(overlap, paris).truncatedTo(ChronoUnit.DAYS).toEpochSecond()));
        for (String broken : new String[] {"Mars/Base", "+25:00", "UTC+99", "x"}) {
            try {
                log.compare("a broken zone was accepted", ZoneId.of(broken));
            } catch (DateTimeException error) {
                log.compare("a broken zone is told otherwise", error.getMessage());
            }
        }
    }
}
