package io.solera.text.chat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Binary operators. */
final class Arithmetic {
    private Arithmetic() {}

    static Object of(String operator, Object left, Object right, Meter meter) {
        if (Values.isNumber(left) && Values.isNumber(right)) {
            return numbers(operator, Values.number(left), Values.number(right));
        }
        if (operator.equals("+")) {
            if (left instanceof String one && right instanceof String other) {
                meter.made((long) one.length() + other.length());
                return one + other;
            }
            if (left instanceof List<?> one && right instanceof List<?> other) {
                meter.listed((long) one.size() + other.size());
                List<Object> both = new ArrayList<>(one);
                both.addAll(other);
                return both;
            }
        }
        if (operator.equals("*") && left instanceof String text && right instanceof Long times) {
            return repeated(text, times, meter);
        }
        if (operator.equals("*") && left instanceof Long times && right instanceof String text) {
            return repeated(text, times, meter);
        }
        throw new TemplateException("%s %s %s is not known (a value may be missing in a message)"
                .formatted(Values.kind(left), operator, Values.kind(right)));
    }

    private static String repeated(String text, long times, Meter meter) {
        if (times <= 0 || text.isEmpty()) {
            return "";
        }
        meter.made(times > Integer.MAX_VALUE ? Long.MAX_VALUE / 2 : times * text.length());
        return text.repeat((int) times);
    }

    private static Object numbers(String operator, Number left, Number right) {
        boolean divides = operator.equals("/") || operator.equals("//") || operator.equals("%");
        if (divides && right.doubleValue() == 0) {
            throw new TemplateException("a number is divided by 0");
        }
        if (left instanceof Long && right instanceof Long && !operator.equals("/")) {
            long a = left.longValue();
            long b = right.longValue();
            try {
                return switch (operator) {
                    case "+" -> Math.addExact(a, b);
                    case "-" -> Math.subtractExact(a, b);
                    case "*" -> Math.multiplyExact(a, b);
                    case "//" -> Math.floorDiv(a, b);
                    default -> Math.floorMod(a, b);
                };
            } catch (ArithmeticException e) {
                throw new TemplateException("a number is too large");
            }
        }
        double a = left.doubleValue();
        double b = right.doubleValue();
        return switch (operator) {
            case "+" -> a + b;
            case "-" -> a - b;
            case "*" -> a * b;
            case "/" -> a / b;
            case "//" -> Math.floor(a / b);
            default -> a - b * Math.floor(a / b);
        };
    }

    static boolean compared(String operator, Object left, Object right, Meter meter) {
        return switch (operator) {
            case "==" -> Values.equal(left, right, meter);
            case "!=" -> !Values.equal(left, right, meter);
            case "in" -> contains(right, left, meter);
            case "not in" -> !contains(right, left, meter);
            case "<" -> Values.compare(left, right) < 0;
            case "<=" -> Values.compare(left, right) <= 0;
            case ">" -> Values.compare(left, right) > 0;
            default -> Values.compare(left, right) >= 0;
        };
    }

    static boolean contains(Object whole, Object part, Meter meter) {
        if (whole instanceof String text && part instanceof String searched) {
            meter.searched(text, searched);
            return text.contains(searched);
        }
        if (whole instanceof List<?> list) {
            for (Object entry : list) {
                if (Values.equal(entry, part, meter)) {
                    return true;
                }
            }
            return false;
        }
        if (whole instanceof Map<?, ?> map) {
            return map.containsKey(part);
        }
        if (whole instanceof Values.Undefined) {
            return false;
        }
        throw new TemplateException("%s in %s is not known".formatted(Values.kind(part), Values.kind(whole)));
    }
}
