package io.solera.checkpoint.tokenizer;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A regular expression of a foreign tokenizer, checked before Hugging Face's library compiles it: its engine
 * (Oniguruma) backtracks, and aborts the process after ten million steps. Allowed is what published tokenizers use:
 * letters, classes, groups, alternatives, negative and positive lookahead, quantifiers. In each alternative at most one
 * unbounded quantifier may be followed by anything, none is applied to something with more than one way to match, and
 * the bounded ones leave at most {@link #WAYS} ways in total, so that the steps from one position are at most the
 * letters of the text times {@link #ALL_WAYS}.
 */
public final class BoundedPattern {
    private static final int LENGTH = 4096;
    private static final int DEPTH = 16;
    private static final int WAYS = 256;
    private static final int ALL_WAYS = 512;
    private static final int ENDLESS = -1;

    private static final Pattern TIMES = Pattern.compile("\\{(\\d{1,4})(,(\\d{1,4})?)?\\}");
    private static final Pattern ESCAPE = Pattern.compile("\\\\([sSdDwWrntfv]|[pP]\\{\\^?\\w{1,40}\\}"
            + "|x\\{[0-9A-Fa-f]{1,6}\\}|x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|[^\\p{Alnum}])");

    private final String pattern;
    private int at;

    /** One part of an alternative: a letter, class or anchor (no branches), or a group. */
    private record Item(List<List<Item>> branches, boolean wide, boolean looks, int min, int max) {
        boolean group() {
            return !branches.isEmpty();
        }
    }

    /** @param open unbounded quantifiers that are followed by something */
    private record Cost(int open, long ways, int min) {}

    private BoundedPattern(String pattern) {
        this.pattern = pattern;
    }

    /** @throws IllegalArgumentException with the reason if a pattern is not allowed */
    public static void check(String pattern) {
        if (pattern.length() > LENGTH) {
            throw new IllegalArgumentException(
                    "it has %d characters (must be at most %d)".formatted(pattern.length(), LENGTH));
        }
        BoundedPattern parser = new BoundedPattern(pattern);
        List<List<Item>> branches = parser.branches(0);
        if (parser.at < pattern.length()) {
            throw parser.refused("a ) without (");
        }
        Cost cost = cost(branches, true);
        if (cost.min() == 0) {
            throw new IllegalArgumentException("it also matches the empty text (each alternative must take a letter)");
        }
        if (cost.ways() > ALL_WAYS) {
            throw new IllegalArgumentException("it has too many ways to match");
        }
    }

    private static Cost cost(List<List<Item>> branches, boolean last) {
        int open = 0;
        long ways = 0;
        int min = Integer.MAX_VALUE;
        for (List<Item> branch : branches) {
            Cost cost = costOfBranch(branch, last);
            open = Math.max(open, cost.open());
            ways = Math.min(Integer.MAX_VALUE, ways + cost.ways());
            min = Math.min(min, cost.min());
        }
        return new Cost(open, ways, min);
    }

    private static Cost costOfBranch(List<Item> branch, boolean last) {
        int open = 0;
        long ways = 1;
        long min = 0;
        for (int k = 0; k < branch.size(); k++) {
            Item item = branch.get(k);
            boolean ends = last && k == branch.size() - 1;
            Cost inner =
                    item.group() ? cost(item.branches(), ends && item.max() == 1) : new Cost(0, 1, item.wide() ? 1 : 0);
            if (item.looks() && (inner.open() > 0 || inner.ways() > WAYS)) {
                throw new IllegalArgumentException("it has an unbounded lookahead");
            }
            boolean repeated = item.max() == ENDLESS || item.max() > 1;
            if (repeated && (inner.open() > 0 || inner.ways() > 1 || inner.min() == 0)) {
                throw new IllegalArgumentException(
                        "it repeats what can match in more than one way, which may take unbounded time");
            }
            if (item.max() == ENDLESS) {
                open += ends && item.min() <= 1 ? 0 : 1;
            } else if (item.max() > 1) {
                ways *= item.max() - item.min() + 1;
            } else {
                open += inner.open();
                ways *= inner.ways() + (item.min() == 0 ? 1 : 0);
            }
            if (open > 1 || ways > WAYS) {
                throw new IllegalArgumentException(
                        "two of its repetitions follow each other in one alternative, which may take unbounded time");
            }
            min += item.looks() ? 0 : (long) item.min() * inner.min();
        }
        return new Cost(open, ways, (int) Math.min(min, LENGTH));
    }

    private List<List<Item>> branches(int depth) {
        if (depth > DEPTH) {
            throw new IllegalArgumentException("its groups are more than %d deep".formatted(DEPTH));
        }
        List<List<Item>> branches = new ArrayList<>();
        List<Item> branch = new ArrayList<>();
        while (at < pattern.length() && pattern.charAt(at) != ')') {
            if (pattern.charAt(at) == '|') {
                at++;
                branches.add(branch);
                branch = new ArrayList<>();
            } else {
                branch.add(quantified(atom(depth)));
            }
        }
        branches.add(branch);
        return branches;
    }

    private Item atom(int depth) {
        char c = pattern.charAt(at);
        return switch (c) {
            case '(' -> group(depth);
            case '[' -> set();
            case '\\' -> escape();
            case '*', '+', '?', '{' -> throw refused("a quantifier of nothing, or of a quantifier");
            case '^', '$' -> letter(false);
            default -> letter(true);
        };
    }

    private Item letter(boolean wide) {
        at += Character.charCount(pattern.codePointAt(at));
        return new Item(List.of(), wide, false, 1, 1);
    }

    private Item escape() {
        Matcher matcher = ESCAPE.matcher(pattern).region(at, pattern.length());
        if (!matcher.lookingAt()) {
            throw refused("an escape that is not allowed");
        }
        at = matcher.end();
        return new Item(List.of(), true, false, 1, 1);
    }

    private Item set() {
        int begin = at++;
        if (at < pattern.length() && pattern.charAt(at) == '^') {
            at++;
        }
        int first = at;
        while (at < pattern.length() && pattern.charAt(at) != ']') {
            char c = pattern.charAt(at);
            if (c == '\\') {
                escape();
            } else if (c == '[' || pattern.startsWith("&&", at)) {
                throw refused("a set in a set");
            } else {
                at++;
            }
        }
        if (at >= pattern.length() || at == first) {
            at = begin;
            throw refused("a set that is not closed, or an empty one");
        }
        at++;
        return new Item(List.of(), true, false, 1, 1);
    }

    private Item group(int depth) {
        boolean looks = false;
        int begin = at;
        if (pattern.startsWith("(?:", at)) {
            at += 3;
        } else if (pattern.startsWith("(?i:", at)) {
            at += 4;
        } else if (pattern.startsWith("(?!", at) || pattern.startsWith("(?=", at)) {
            looks = true;
            at += 3;
        } else if (pattern.startsWith("(?", at) || pattern.startsWith("(*", at)) {
            throw refused("a group that is not allowed");
        } else {
            at++;
        }
        List<List<Item>> branches = branches(depth + 1);
        if (at >= pattern.length()) {
            at = begin;
            throw refused("a ( without )");
        }
        at++;
        return new Item(branches, true, looks, 1, 1);
    }

    private Item quantified(Item item) {
        if (at >= pattern.length()) {
            return item;
        }
        int min = 1;
        int max = 1;
        char c = pattern.charAt(at);
        if (c == '*' || c == '+' || c == '?') {
            at++;
            min = c == '+' ? 1 : 0;
            max = c == '?' ? 1 : ENDLESS;
            skip("?+");
        } else if (c == '{') {
            Matcher matcher = TIMES.matcher(pattern).region(at, pattern.length());
            if (!matcher.lookingAt()) {
                throw refused("a { that is not a quantifier");
            }
            at = matcher.end();
            min = Integer.parseInt(matcher.group(1));
            max = min;
            if (matcher.group(2) != null) {
                max = matcher.group(3) == null ? ENDLESS : Integer.parseInt(matcher.group(3));
            }
            if (max != ENDLESS && (max < min || max == 0)) {
                throw refused("a quantifier from more to less");
            }
            skip("?");
        } else {
            return item;
        }
        if (item.looks() || (!item.group() && !item.wide())) {
            throw refused("a quantifier of an anchor");
        }
        return new Item(item.branches(), item.wide(), false, min, max);
    }

    private void skip(String any) {
        if (at < pattern.length() && any.indexOf(pattern.charAt(at)) >= 0) {
            at++;
        }
    }

    private IllegalArgumentException refused(String what) {
        return new IllegalArgumentException("it has %s at character %d".formatted(what, at + 1));
    }
}
