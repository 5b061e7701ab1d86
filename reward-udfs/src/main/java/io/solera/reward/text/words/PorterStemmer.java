package io.solera.reward.text.words;

import java.util.Map;

/**
 * Stems of English words in lower case, as NLTK's PorterStemmer cuts them, which rouge_score uses: the algorithm of Porter, An
 * algorithm for suffix stripping, Program 14, 130 (1980), with NLTK's extensions.
 */
public final class PorterStemmer {
    private static final Map<String, String> IRREGULAR = Map.ofEntries(
            Map.entry("sky", "sky"),
            Map.entry("skies", "sky"),
            Map.entry("dying", "die"),
            Map.entry("lying", "lie"),
            Map.entry("tying", "tie"),
            Map.entry("news", "news"),
            Map.entry("innings", "inning"),
            Map.entry("inning", "inning"),
            Map.entry("outings", "outing"),
            Map.entry("outing", "outing"),
            Map.entry("cannings", "canning"),
            Map.entry("canning", "canning"),
            Map.entry("howe", "howe"),
            Map.entry("proceed", "proceed"),
            Map.entry("exceed", "exceed"),
            Map.entry("succeed", "succeed"));

    /** Suffix and replacement, each where the rest has a measure above 0; the first suffix that fits decides. */
    private static final String[][] STEP_2 = {
        {"ational", "ate"},
        {"tional", "tion"},
        {"enci", "ence"},
        {"anci", "ance"},
        {"izer", "ize"},
        {"bli", "ble"},
        {"alli", "al"},
        {"entli", "ent"},
        {"eli", "e"},
        {"ousli", "ous"},
        {"ization", "ize"},
        {"ation", "ate"},
        {"ator", "ate"},
        {"alism", "al"},
        {"iveness", "ive"},
        {"fulness", "ful"},
        {"ousness", "ous"},
        {"aliti", "al"},
        {"iviti", "ive"},
        {"biliti", "ble"},
        {"fulli", "ful"}
    };

    private static final String[][] STEP_3 = {
        {"icate", "ic"},
        {"ative", ""},
        {"alize", "al"},
        {"iciti", "ic"},
        {"ical", "ic"},
        {"ful", ""},
        {"ness", ""}
    };

    /** Suffixes to be dropped where the rest has a measure above 1; ion also needs an s or t before it. */
    private static final String[] STEP_4 = {
        "al", "ance", "ence", "er", "ic", "able", "ible", "ant", "ement", "ment", "ent", "ion", "ou", "ism", "ate",
        "iti", "ous", "ive", "ize"
    };

    private PorterStemmer() {}

    public static String stem(String word) {
        String irregular = IRREGULAR.get(word);
        if (irregular != null || word.length() <= 2) {
            return irregular == null ? word : irregular;
        }
        return finalE(step4(replaced(step2(finalY(pastOrParticiple(plural(word)))), STEP_3)));
    }

    private static String plural(String word) {
        if (word.endsWith("ies")) {
            return cut(word, word.length() == 4 ? 1 : 2);
        }
        return word.endsWith("sses") ? cut(word, 2) : word.endsWith("s") && !word.endsWith("ss") ? cut(word, 1) : word;
    }

    private static String pastOrParticiple(String word) {
        if (word.endsWith("ied")) {
            return cut(word, word.length() == 4 ? 1 : 2);
        }
        if (word.endsWith("eed")) {
            return measure(cut(word, 3)) > 0 ? cut(word, 1) : word;
        }
        String stem = word.endsWith("ed") ? cut(word, 2) : word.endsWith("ing") ? cut(word, 3) : word;
        if (stem.equals(word) || !hasVowel(stem)) {
            return word;
        }
        if (stem.endsWith("at") || stem.endsWith("bl") || stem.endsWith("iz")) {
            return stem + "e";
        }
        if (endsDoubled(stem)) {
            return "lsz".indexOf(last(stem)) < 0 ? cut(stem, 1) : stem;
        }
        return measure(stem) == 1 && endsShort(stem) ? stem + "e" : stem;
    }

    private static String finalY(String word) {
        boolean turns = word.endsWith("y") && word.length() > 2 && consonant(word, word.length() - 2);
        return turns ? cut(word, 1) + "i" : word;
    }

    private static String step2(String word) {
        if (word.endsWith("alli") && measure(cut(word, 4)) > 0) {
            return step2(cut(word, 2));
        }
        if (word.endsWith("logi")) {
            return measure(cut(word, 3)) > 0 ? cut(word, 1) : word;
        }
        return replaced(word, STEP_2);
    }

    private static String replaced(String word, String[][] rules) {
        for (String[] rule : rules) {
            if (word.endsWith(rule[0])) {
                String stem = cut(word, rule[0].length());
                return measure(stem) > 0 ? stem + rule[1] : word;
            }
        }
        return word;
    }

    private static String step4(String word) {
        for (String suffix : STEP_4) {
            if (word.endsWith(suffix)) {
                String stem = cut(word, suffix.length());
                boolean fits = !suffix.equals("ion") || stem.endsWith("s") || stem.endsWith("t");
                return measure(stem) > 1 && fits ? stem : word;
            }
        }
        return word;
    }

    private static String finalE(String word) {
        String result = word;
        if (word.endsWith("e")) {
            String stem = cut(word, 1);
            int measure = measure(stem);
            if (measure > 1 || (measure == 1 && !endsShort(stem))) {
                result = stem;
            }
        }
        return result.endsWith("ll") && measure(cut(result, 1)) > 1 ? cut(result, 1) : result;
    }

    /** How often a vowel is followed by a consonant: m of the form [C](VC){m}[V]. */
    private static int measure(String stem) {
        int measure = 0;
        boolean before = true;
        for (int i = 0; i < stem.length(); i++) {
            boolean consonant = consonant(stem.charAt(i), i == 0, before);
            measure += consonant && !before && i > 0 ? 1 : 0;
            before = consonant;
        }
        return measure;
    }

    private static boolean hasVowel(String stem) {
        boolean before = true;
        for (int i = 0; i < stem.length(); i++) {
            before = consonant(stem.charAt(i), i == 0, before);
            if (!before) {
                return true;
            }
        }
        return false;
    }

    /** Any but a, e, i, o, u, and a y that is first or follows a vowel. */
    private static boolean consonant(char c, boolean first, boolean before) {
        return "aeiou".indexOf(c) < 0 && (c != 'y' || first || !before);
    }

    private static boolean consonant(String word, int at) {
        int run = at;
        while (run > 0 && word.charAt(run) == 'y') {
            run--;
        }
        boolean consonant = "aeiou".indexOf(word.charAt(run)) < 0;
        return consonant == ((at - run) % 2 == 0);
    }

    private static boolean endsDoubled(String word) {
        int length = word.length();
        return length >= 2 && last(word) == word.charAt(length - 2) && consonant(word, length - 1);
    }

    /** Consonant, vowel, consonant that is not w, x or y; or no more than vowel, consonant. */
    private static boolean endsShort(String word) {
        int length = word.length();
        if (length == 2) {
            return !consonant(word, 0) && consonant(word, 1);
        }
        return length > 2
                && consonant(word, length - 3)
                && !consonant(word, length - 2)
                && consonant(word, length - 1)
                && "wxy".indexOf(last(word)) < 0;
    }

    private static char last(String word) {
        return word.charAt(word.length() - 1);
    }

    private static String cut(String word, int letters) {
        return word.substring(0, word.length() - letters);
    }
}
