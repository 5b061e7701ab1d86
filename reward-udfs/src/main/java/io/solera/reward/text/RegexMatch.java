package io.solera.reward.text;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.solera.problem.RequestException;
import io.solera.reward.Score;
import io.solera.reward.Status;

/**
 * Whether a regular expression matches, 1 or 0. The syntax is RE2's, without look-around and back-references, and
 * RE2/J's automaton is linear in the text for every expression.
 */
final class RegexMatch implements TextMeasure {
    private static final int PATTERN = 1_000;
    /** States of the automaton times characters of the text. */
    private static final long STEPS = 1L << 28;

    private static final int STATES = 10_000;

    private final Pattern pattern;
    private final boolean whole;

    /** @param whole whether the match must be the whole text, not a part of it */
    RegexMatch(String expression, boolean whole) {
        if (expression.isEmpty() || expression.length() > PATTERN) {
            throw new RequestException(
                    "Invalid pattern: %d characters (must be 1 to %d)".formatted(expression.length(), PATTERN));
        }
        // before it is compiled, since compiling could use all memory
        if (ExpandedSize.of(expression) > STATES) {
            throw tooLarge(expression);
        }
        try {
            pattern = Pattern.compile(expression);
        } catch (PatternSyntaxException e) {
            throw new RequestException(
                    "Invalid pattern: %s (must be a regular expression of RE2: %s)"
                            .formatted(expression, e.getMessage()),
                    e);
        }
        if (pattern.programSize() > STATES) {
            throw tooLarge(expression);
        }
        this.whole = whole;
    }

    private static RequestException tooLarge(String expression) {
        return new RequestException("Invalid pattern: %s (must have at most %d states)".formatted(expression, STATES));
    }

    @Override
    public Score score(String text) {
        if ((long) pattern.programSize() * text.length() > STEPS) {
            return Score.missing(Status.NOT_APPLICABLE);
        }
        boolean found = whole ? pattern.matches(text) : pattern.matcher(text).find();
        return Score.of(found ? 1 : 0);
    }
}
