package io.solera.reward.text;

import io.solera.reward.Score;
import java.util.List;
import java.util.Set;

/** 1 for a text that is one JSON value by RFC 8259 and, when names are asked for, an object that has all of them; 0 for all others. */
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
