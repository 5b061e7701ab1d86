package io.solera.text.chat;

/** A piece of a template's source. */
record Token(Kind kind, String text, int line) {
    enum Kind {
        /** Written unchanged. */
        TEXT,
        OPEN_OUTPUT,
        CLOSE_OUTPUT,
        OPEN_BLOCK,
        CLOSE_BLOCK,
        NAME,
        STRING,
        INTEGER,
        REAL,
        OPERATOR,
        END
    }

    boolean is(String operator) {
        return kind == Kind.OPERATOR && text.equals(operator);
    }

    boolean named(String name) {
        return kind == Kind.NAME && text.equals(name);
    }

    /** For messages. */
    String shown() {
        return switch (kind) {
            case END -> "the end of the template";
            case TEXT -> "text";
            case OPEN_OUTPUT -> "{{";
            case CLOSE_OUTPUT -> "}}";
            case OPEN_BLOCK -> "{%";
            case CLOSE_BLOCK -> "%}";
            default -> TemplateException.shown(text);
        };
    }
}
