package io.solera.lang;

import java.util.regex.Pattern;

/** The beginning of a text that may be long, as messages and reports show it. */
public final class Excerpt {
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");
    private static final String CUT = "...";

    private Excerpt() {}

    /** The text where it has at most that many characters, else so many of them and three dots. */
    public static String of(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        boolean halved = Character.isHighSurrogate(text.charAt(longest - 1));
        return text.substring(0, halved ? longest - 1 : longest) + CUT;
    }

    /** The same at a text's other end: three dots and its last characters. */
    public static String ofEnd(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        int from = text.length() - longest;
        return CUT + text.substring(Character.isLowSurrogate(text.charAt(from)) ? from + 1 : from);
    }

    /** An excerpt in one line: a question mark in the place of each control character. */
    public static String inLine(String text, int longest) {
        return of(CONTROL.matcher(text).replaceAll("?"), longest);
    }

    /** An excerpt of the first line. */
    public static String ofFirstLine(String text, int longest) {
        return of(text.lines().findFirst().orElse(""), longest);
    }
}
