package io.solera.text;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * Texts that a vocabulary cannot encode. They are always left out and counted, and the first three are named with the
 * reason.
 */
public final class LeftOut implements Serializable {
    private static final int NAMED = 3;

    private final List<String> named = new ArrayList<>();
    private int count;

    public void add(TokenizationException why) {
        add("", why);
    }

    /** @param place of the text for the message, such as {@code row 3: } */
    public void add(String place, TokenizationException why) {
        if (named.size() < NAMED) {
            named.add(place + why.getMessage());
        }
        count++;
    }

    public int count() {
        return count;
    }

    /** One line for people; empty if none was left out. */
    public String message(String kind) {
        return count == 0
                ? ""
                : "%d %s left out because the policy cannot encode them: %s%s"
                        .formatted(count, kind, String.join("; ", named), count > NAMED ? "; ..." : "");
    }
}
