package io.solera.lang;

import java.util.regex.Pattern;

/** Truncates long texts for messages and reports. */
public final class Excerpt {
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");
    private static final String CUT = "...";

    private Excerpt() {}

    /** The text if it has at most this many characters, else its start and three dots. */
    public static String of(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        boolean halved = Character.isHighSurrogate(text.charAt(longest - 1));
        return text.substring(0, halved ? longest - 1 : longest) + CUT;
    }

    /** The same from the end: three dots and the last characters. */
    public static String ofEnd(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        int from = text.length() - longest;
        return CUT + text.substring(Character.isLowSurrogate(text.charAt(from)) ? from + 1 : from);
    }

    /** An excerpt in one line, with question marks instead of control characters. */
    public static String inLine(String text, int longest) {
        return of(CONTROL.matcher(text).replaceAll("?"), longest);
    }

    /** An excerpt of the first line. */
    public static String ofFirstLine(String text, int longest) {
        return of(text.lines().findFirst().orElse(""), longest);
    }
}
