package io.solera.text.chat;

import io.solera.text.chat.Values.Space;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The variable {@code loop} in a round of a loop; nothing can be set in it. */
final class Loop {
    private Loop() {}

    /** @param k of the round, from 0 */
    static Space at(int k, List<Object> entries) {
        int size = entries.size();
        Map<String, Object> fields = new HashMap<>();
        fields.put("index", k + 1L);
        fields.put("index0", (long) k);
        fields.put("revindex", (long) size - k);
        fields.put("revindex0", (long) size - k - 1);
        fields.put("first", k == 0);
        fields.put("last", k == size - 1);
        fields.put("length", (long) size);
        if (k > 0) {
            fields.put("previtem", entries.get(k - 1));
        }
        if (k < size - 1) {
            fields.put("nextitem", entries.get(k + 1));
        }
        fields.put("cycle", (Values.Function) given -> {
            if (given.places().isEmpty()) {
                throw new TemplateException("cycle needs an argument");
            }
            return given.places().get(k % given.places().size());
        });
        return new Space(fields, false);
    }
}
