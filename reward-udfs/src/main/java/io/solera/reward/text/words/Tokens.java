package io.solera.reward.text.words;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How texts are cut into tokens: as the two reference implementations of ROUGE and of BLEU do it. */
public final class Tokens {
    private static final String[] NONE = {};

    private Tokens() {}

    /** The tokens of Google's rouge_score: runs of the letters a to z and digits of the text in lower case. */
    public static String[] rouge(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        List<String> tokens = new ArrayList<>();
        int start = -1;
        for (int i = 0; i <= lower.length(); i++) {
            char c = i < lower.length() ? lower.charAt(i) : ' ';
            boolean inside = Characters.within(c, 'a', 'z') || digit(c);
            if (inside && start < 0) {
                start = i;
            } else if (!inside && start >= 0) {
                tokens.add(lower.substring(start, i));
                start = -1;
            }
        }
        return tokens.toArray(NONE);
    }

    /**
     * The words and punctuation marks of sacreBLEU's tokenizer 13a, which is that of mteval-v13a: ASCII punctuation stands alone;
     * points and commas too, unless between digits; a dash after a digit; other scripts are cut at white space only.
     */
    public static String[] bleu(String text) {
        String line = text;
        if (text.indexOf('<') >= 0 || text.indexOf('\n') >= 0 || text.indexOf('&') >= 0) {
            line = withoutTrailingSpace(text)
                    .replace("<skipped>", "")
                    .replace("-\n", "")
                    .replace('\n', ' ')
                    .replace("&quot;", "\"")
                    .replace("&amp;", "&")
                    .replace("&lt;", "<")
                    .replace("&gt;", ">");
        }
        return split(dashAfterDigit(pointBefore(pointAfter(marks(line)))));
    }

    private static String withoutTrailingSpace(String text) {
        int end = text.length();
        while (end > 0 && Characters.space(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(0, end);
    }

    private static StringBuilder marks(String line) {
        StringBuilder out = new StringBuilder(line.length() + line.length() / 2 + 2).append(' ');
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            boolean mark = c >= ' ' && c <= '~' && !Characters.word(c) && c != '\'' && c != ',' && c != '-' && c != '.';
            if (mark || c == '_') {
                out.append(' ').append(c).append(' ');
            } else {
                out.append(c);
            }
        }
        return out.append(' ');
    }

    /** A point or comma after anything but a digit, taken from the left without overlap, is cut off on both sides. */
    private static StringBuilder pointAfter(StringBuilder in) {
        StringBuilder out = new StringBuilder(in.length() + 16);
        for (int i = 0; i < in.length(); i++) {
            out.append(in.charAt(i));
            if (!digit(in.charAt(i)) && i + 1 < in.length() && point(in.charAt(i + 1))) {
                out.append(' ').append(in.charAt(++i)).append(' ');
            }
        }
        return out;
    }

    /** So is one before anything but a digit. */
    private static StringBuilder pointBefore(StringBuilder in) {
        StringBuilder out = new StringBuilder(in.length() + 16);
        for (int i = 0; i < in.length(); i++) {
            if (point(in.charAt(i)) && i + 1 < in.length() && !digit(in.charAt(i + 1))) {
                out.append(' ').append(in.charAt(i)).append(' ').append(in.charAt(++i));
            } else {
                out.append(in.charAt(i));
            }
        }
        return out;
    }

    private static StringBuilder dashAfterDigit(StringBuilder in) {
        StringBuilder out = new StringBuilder(in.length() + 16);
        for (int i = 0; i < in.length(); i++) {
            out.append(in.charAt(i));
            if (digit(in.charAt(i)) && i + 1 < in.length() && in.charAt(i + 1) == '-') {
                out.append(" - ");
                i++;
            }
        }
        return out;
    }

    private static String[] split(StringBuilder in) {
        List<String> tokens = new ArrayList<>();
        int start = -1;
        for (int i = 0; i < in.length(); i++) {
            boolean space = Characters.space(in.charAt(i));
            if (!space && start < 0) {
                start = i;
            } else if (space && start >= 0) {
                tokens.add(in.substring(start, i));
                start = -1;
            }
        }
        if (start >= 0) {
            tokens.add(in.substring(start));
        }
        return tokens.toArray(NONE);
    }

    private static boolean digit(char c) {
        return Characters.within(c, '0', '9');
    }

    private static boolean point(char c) {
        return c == '.' || c == ',';
    }
}
