package io.solera.reinvent;

import java.util.LinkedHashMap;
import java.util.Map;

/** Keys and values of a job, in the order that they are written in. */
final class Entries {
    private Entries() {}

    static Map<String, Object> of(Object... keysAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            map.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return map;
    }
}
