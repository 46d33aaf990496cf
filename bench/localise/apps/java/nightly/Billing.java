package nightly;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import nightly.math.BigDecimal;
import nightly.math.BigInteger;
import nightly.math.MathContext;
import nightly.math.RoundingMode;
import nightly.util.Formatter;

class Billing implements Journal.Tasks {
    public Map<String, Journal.Step> tasks() {
        Map<String, Journal.Step> tasks = new LinkedHashMap<>();
        tasks.put("bills could not be summed up", this::sumUp);
        tasks.put("rates of the bank cannot be computed", this::computeRates);
        tasks.put("keys of the bank are wrong", this::checkKeys);
        tasks.put("printed bill could not be laid out", this::print);
        return tasks;
    }

    void sumUp(Journal log) {
        BigDecimal sum = new BigDecimal("0.00");
        List<Object> sums = new ArrayList<>();
        for (String one : new String[] {"12.50", "-3.75", "1e3", "0.005", "99999999999999999999.99"}) {
            sum = sum.add(new BigDecimal(one));
            sums.add(sum.setScale(2, RoundingMode.HALF_EVEN));
        }
        log.compare("sum of the bills changed", sums);
        log.compare("rest of a bill changed", List.of(sum.remainder(new BigDecimal("7.3")), sum.divideToIntegralValue(new BigDecimal("13")), sum.negate().abs().compareTo(sum), sum.stripTrailingZeros().scale(), sum.precision(), sum.unscaledValue()));
        log.compare("written sum differs", List.of(sum.toPlainString(), new BigDecimal("1E-10").toString(), new BigDecimal("123456E3").toEngineeringString(), new BigDecimal("1200").movePointLeft(5), new BigDecimal("0.1").movePointRight(3), new BigDecimal(0.1).round(new MathContext(5))));
        try {
            log.compare("broken amount was accepted", new BigDecimal("12,5"));
        } catch (NumberFormatException error) {
            log.compare("a broken amount is told otherwise", error.getMessage());
        }
    }

    void computeRates(Journal log) {
        BigDecimal rate = new BigDecimal("1.0325");
        log.compare("interest of the bank changed", List.of(rate.pow(12, new MathContext(20)), BigDecimal.ONE.divide(rate, 15, RoundingMode.DOWN), new BigDecimal("2").sqrt(new MathContext(30)), rate.multiply(new BigDecimal("-17.5"), MathContext.DECIMAL32)));
        List<Object> rounded = new ArrayList<>();
        for (RoundingMode mode : new RoundingMode[] {RoundingMode.UP, RoundingMode.CEILING, RoundingMode.FLOOR, RoundingMode.HALF_UP, RoundingMode.HALF_DOWN}) {
            for (String one : new String[] {"2.5", "-1.1", "-2.5", "1.6"}) rounded.add(new BigDecimal(one).setScale(0, mode));
        }
        log.compare("rounded rates differ", rounded);
        log.compare("compared rates differ", List.of(new BigDecimal("2.0").equals(new BigDecimal("2.00")), new BigDecimal("2.0").hashCode(), new BigDecimal("9.99").max(rate), rate.doubleValue(), rate.longValue(), new BigDecimal("1e2").intValueExact(), BigDecimal.valueOf(12345, 3), rate.ulp()));
        try {
            log.compare("rate without end", BigDecimal.ONE.divide(new BigDecimal("3")));
        } catch (ArithmeticException error) {
            log.compare("refused rate is told otherwise", error.getMessage());
        }
    }

    void checkKeys(Journal log) {
        BigInteger key = new BigInteger("123456789012345678901234567890");
        BigInteger other = new BigInteger("-fedcba9876543210", 16);
        log.compare("products of keys changed", List.of(key.multiply(other), key.divide(other), key.mod(BigInteger.valueOf(97)), key.gcd(BigInteger.valueOf(30)), key.pow(5), other.subtract(key), key.sqrt()));
        log.compare("signatures of keys changed", List.of(BigInteger.valueOf(7).modPow(BigInteger.valueOf(560), BigInteger.valueOf(561)), BigInteger.valueOf(3).modInverse(BigInteger.valueOf(11)), new BigInteger("104729").isProbablePrime(20), BigInteger.valueOf(90).nextProbablePrime(), new BigInteger("170141183460469231731687303715884105727").isProbablePrime(10)));
        log.compare("bits of keys changed", List.of(key.shiftLeft(70), key.shiftRight(33), other.shiftRight(3), key.and(other), key.or(BigInteger.TEN), key.xor(other), other.not(), key.bitLength(), other.bitCount(), key.testBit(5), key.setBit(200).getLowestSetBit(), key.flipBit(1)));
        log.compare("written keys differ", List.of(key.toString(36), other.toString(2), key.pow(60).toString().length(), key.pow(60).hashCode(), new BigInteger(key.toByteArray()).equals(key), key.compareTo(other), key.doubleValue(), other.longValue(), key.pow(200).multiply(key.pow(190)).hashCode(), key.pow(300).divide(key.pow(120)).hashCode()));
    }

    void print(Journal log) {
        Formatter out = new Formatter();
        out.format("%-10s|%5d|%08.2f|%,d|%+d|%x|%e|%b|%c|%%%n", "tea", 12, 3.14159, 1234567, 5, 255, 12345.678, true, 'x');
        out.format("%2$s %1$s %<S|", "b", "a").format("%(d|%#o|%h|%.3s|%10.4g|%s", -3, 8, "hi", "abcdef", 0.00012345, (Object) null);
        log.compare("printed bill looks different", out.toString());
        log.compare("printed amounts look different", new Formatter().format("%.2f %s %,.1f %e", new BigDecimal("12.345"), new BigDecimal("1.50"), new BigDecimal("98765.43"), new BigDecimal("0.00123")));
        for (String broken : new String[] {"%d %d", "%q", "%-d", "%5", "%.2d", "%+s"}) {
            try {
                log.compare("a broken layout was accepted", new Formatter().format(broken, 1));
            } catch (IllegalArgumentException error) {
                log.compare("a broken layout is told otherwise", error.toString());
            }
        }
    }
}
