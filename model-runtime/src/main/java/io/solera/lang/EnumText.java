package io.solera.lang;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Enum constants as written in jobs, options, files and tables: {@code INVALID_INPUT} is {@code invalid-input}. */
public final class EnumText {
    private EnumText() {}

    public static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The constant for a text; empty if there is none. */
    public static <E extends Enum<E>> Optional<E> find(Class<E> type, String text) {
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> of(constant).equals(text))
                .findFirst();
    }

    /** All constants, for a message: {@code none, filter or ceiling}. */
    public static <E extends Enum<E>> String choices(Class<E> type) {
        List<String> texts =
                Arrays.stream(type.getEnumConstants()).map(EnumText::of).toList();
        int last = texts.size() - 1;
        return last == 0 ? texts.get(0) : String.join(", ", texts.subList(0, last)) + " or " + texts.get(last);
    }
}
