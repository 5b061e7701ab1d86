package io.solera.reward.catalogue;

import io.solera.problem.RequestException;
import java.util.Map;

/** Numeric arguments of a reward, checked against their range. */
final class Ranges {
    private Ranges() {}

    static double number(Map<String, String> arguments, String name, double low, double high) {
        String text = arguments.getOrDefault(name, "");
        try {
            double number = Double.parseDouble(text);
            if (number >= low && number <= high) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new RequestException(message(name, text, "a number from", low, high), e);
        }
        throw new RequestException(message(name, text, "a number from", low, high));
    }

    static int whole(Map<String, String> arguments, String name, int low, int high) {
        double number = number(arguments, name, low, high);
        if (number != Math.rint(number)) {
            throw new RequestException(
                    message(name, arguments.getOrDefault(name, ""), "a whole number from", low, high));
        }
        return (int) number;
    }

    private static String message(String name, String text, String what, double low, double high) {
        return "Invalid %s: %s (must be %s %s to %s)".formatted(name, text, what, plain(low), plain(high));
    }

    private static String plain(double number) {
        return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
    }
}
