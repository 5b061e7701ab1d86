package io.solera.text.chat;

/** A chat template that cannot be parsed, or that cannot write a conversation. */
public final class TemplateException extends IllegalArgumentException {
    public TemplateException(String message) {
        super(message);
    }

    static TemplateException at(int line, String problem) {
        return new TemplateException("line %d: %s".formatted(line, problem));
    }

    /** A foreign text as a message can show it: short, in one line. */
    static String shown(String text) {
        String line = text.replaceAll("\\p{Cntrl}", "?");
        return line.length() <= 60 ? line : line.substring(0, 60) + "...";
    }
}
