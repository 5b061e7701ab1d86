package io.solera.reward.text;

import io.solera.reward.Score;
import java.util.List;
import java.util.Set;

/** 1 for a text that is one JSON value by RFC 8259 and, if names are required, an object with all of them; else 0. */
record JsonValidity(List<String> names) implements TextMeasure {
    JsonValidity {
        names = List.copyOf(names);
    }

    @Override
    public Score score(String text) {
        Set<String> found = JsonText.names(text);
        return Score.of(found != null && found.containsAll(names) ? 1 : 0);
    }
}
