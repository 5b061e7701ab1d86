package io.solera.reward.text.words;

import io.solera.reward.ParameterTable;
import java.util.HashMap;
import java.util.Map;

/**
 * The number of syllables of an English word in lower case: that of a table of exceptions, else by rule. The rule: each run of
 * vowels is one syllable, more where two of them part (ia, io, iu, eo, ua and others, by what stands beside them), none where it
 * is a mute e; -sm, -thm and -n't have one more, -ically one less. A word has at least one.
 *
 * <p>The table holds the words that occur in the movie reviews of Pang and Lee (2004) for which the rule differs from CMUdict.
 */
public final class Syllables {
    private static final Map<String, Integer> EXCEPTIONS = read();

    private Syllables() {}

    public static int of(String word) {
        Integer known = EXCEPTIONS.get(word);
        return known == null ? byRule(word) : known;
    }

    static int byRule(String spelt) {
        String word = spelt.replace("'", "");
        int runs = runs(word);
        int count = 0;
        for (int start = 0; start < word.length(); ) {
            if (!vowel(word, start)) {
                start++;
                continue;
            }
            int end = start;
            while (vowel(word, end)) {
                end++;
            }
            boolean lonelyE = end == start + 1 && word.charAt(start) == 'e';
            if (!(runs > 1 && start > 0 && lonelyE && mute(word, start))) {
                count += 1 + partings(word, start, end);
            }
            start = end;
        }
        if (word.endsWith("sm") || word.endsWith("sms") || word.endsWith("thm") || word.endsWith("thms")) {
            count++;
        }
        if (spelt.endsWith("n't") && spelt.length() > 3 && "aeiouyr".indexOf(spelt.charAt(spelt.length() - 4)) < 0) {
            count++;
        }
        if (word.endsWith("ically")) {
            count--;
        }
        return Math.max(1, count);
    }

    private static int runs(String word) {
        int runs = 0;
        for (int i = 0; i < word.length(); i++) {
            runs += vowel(word, i) && !(i > 0 && vowel(word, i - 1)) ? 1 : 0;
        }
        return runs;
    }

    /** How many syllables more than one a run of vowels has. */
    private static int partings(String word, int start, int end) {
        char before = start > 0 ? word.charAt(start - 1) : ' ';
        int partings = 0;
        for (int i = start + 1; i < end; i++) {
            if (parts(word, start, i, before)) {
                partings++;
            }
        }
        return partings;
    }

    private static boolean parts(String word, int start, int i, char before) {
        int rest = i + 1;
        return switch (word.substring(i - 1, rest)) {
            case "ia" -> before != 'c' && before != 't' && !(before == 's' && rests(word, rest, "n"));
            case "io" -> "cgstx".indexOf(before) < 0 || !(word.startsWith("n", rest) || word.startsWith("u", rest));
            case "eo", "ii", "iu", "uo" -> true;
            case "ua" -> before != 'g' && before != 'q';
            case "ie" ->
                before != 'c'
                        && before != 't'
                        && (rests(word, rest, "t")
                                || word.startsWith("ti", rest)
                                || word.startsWith("ty", rest)
                                || word.startsWith("nt", rest)
                                || word.startsWith("nc", rest));
            default -> parts(word, i, word.charAt(i - 1) == 'y' && i - 1 > start);
        };
    }

    /** Vowels part after a y, unless a mute e follows, and before -ing. */
    private static boolean parts(String word, int i, boolean afterY) {
        int rest = i + 1;
        if (!afterY) {
            return word.charAt(i) == 'i' && word.startsWith("ng", rest);
        }
        boolean mute = rests(word, rest, "") || rests(word, rest, "d") || rests(word, rest, "s");
        return word.charAt(i) != 'e' || !mute;
    }

    /** Whether an e between consonants, or at the end, is not heard. */
    private static boolean mute(String word, int e) {
        char last = word.charAt(e - 1);
        char earlier = e > 1 ? word.charAt(e - 2) : ' ';
        boolean syllabic = last == 'l' && e > 1 && !vowel(word, e - 2);
        return switch (word.substring(e + 1)) {
            case "d" -> last != 'd' && last != 't' && !(syllabic && earlier != 'l');
            case "s" -> "cgsxz".indexOf(last) < 0 && !(last == 'h' && (earlier == 'c' || earlier == 's')) && !syllabic;
            case "", "ly", "less", "ness", "ful", "fully", "ment", "ments" -> !syllabic;
            default -> false;
        };
    }

    private static boolean rests(String word, int from, String rest) {
        return word.length() == from + rest.length() && word.startsWith(rest, from);
    }

    private static boolean vowel(String word, int at) {
        return at < word.length() && "aeiouy".indexOf(word.charAt(at)) >= 0;
    }

    private static Map<String, Integer> read() {
        Map<String, Integer> table = new HashMap<>();
        for (String[] row : ParameterTable.rows(Syllables.class, "syllables.tsv")) {
            table.put(row[0], Integer.valueOf(row[1]));
        }
        return table;
    }
}
