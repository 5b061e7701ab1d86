package io.solera.reward.text;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The length of a regular expression once its counted repetitions are expanded, {@code (ab){3}} to {@code ababab}:
 * about the number of states of RE2/J's automaton, computed without building it. Invalid expressions have a size, too.
 */
final class ExpandedSize {
    private static final Pattern TIMES = Pattern.compile("\\{(\\d{1,9})(?:,(\\d{0,9}))?\\}");
    private static final long MAX_SIZE = Integer.MAX_VALUE;

    private ExpandedSize() {}

    static long of(String expression) {
        Deque<Long> outer = new ArrayDeque<>();
        long size = 0; // of the group so far
        long last = 0; // of its last part
        int at = 0;
        while (at < expression.length()) {
            char c = expression.charAt(at);
            Matcher times = TIMES.matcher(expression).region(at, expression.length());
            int next = at + 1;
            if (c == '(') {
                outer.push(size);
                size = 0;
                last = 0;
            } else if (c == ')' && !outer.isEmpty()) {
                last = size + 1;
                size = Math.min(MAX_SIZE, outer.pop() + last);
            } else if (c == '{' && times.lookingAt()) {
                long more = last * Math.max(1, Math.max(number(times.group(1)), number(times.group(2))));
                size = Math.min(MAX_SIZE, size - last + more);
                last = Math.min(MAX_SIZE, more);
                next = times.end();
            } else if ("*+?".indexOf(c) >= 0) {
                size++;
                last++;
            } else {
                next = c == '\\' ? escaped(expression, at) : c == '[' ? set(expression, at) : next;
                last = 1;
                size++;
            }
            at = next;
        }
        while (!outer.isEmpty()) {
            size = Math.min(MAX_SIZE, size + outer.pop());
        }
        return size;
    }

    private static long number(String digits) {
        return digits == null || digits.isEmpty() ? 0 : Math.min(100_000, Long.parseLong(digits));
    }

    private static int escaped(String expression, int at) {
        if (expression.startsWith("\\Q", at)) {
            return at + 2; // its letters count individually
        }
        return Math.min(expression.length(), at + 2);
    }

    /** The index after a set in brackets, or after the bracket if it is not closed. */
    private static int set(String expression, int at) {
        int k = at + 1;
        if (expression.startsWith("^", k)) {
            k++;
        }
        if (expression.startsWith("]", k)) {
            k++;
        }
        while (k < expression.length() && expression.charAt(k) != ']') {
            int named = expression.startsWith("[:", k) ? expression.indexOf(":]", k) : -1;
            k = named > 0 ? named + 2 : expression.charAt(k) == '\\' ? k + 2 : k + 1;
        }
        return k < expression.length() ? k + 1 : at + 1;
    }
}
