package io.solera.text.chat;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Python's {@code value[from:to:step]}: parts of a list, or of the code points of a text. */
final class Slices {
    private Slices() {}

    static Object of(Object value, @Nullable Object from, @Nullable Object to, @Nullable Object step, Meter meter) {
        if (value instanceof String text) {
            StringBuilder part = new StringBuilder();
            sliced(Values.entries(text, meter), from, to, step).forEach(part::append);
            return part.toString();
        }
        if (value instanceof List<?>) {
            return sliced(Values.entries(value, meter), from, to, step);
        }
        throw new TemplateException("%s cannot be sliced".formatted(Values.kind(value)));
    }

    private static List<Object> sliced(
            List<Object> all, @Nullable Object from, @Nullable Object to, @Nullable Object step) {
        long by = step == null ? 1 : whole(step);
        if (by == 0) {
            throw new TemplateException("the step of a slice is 0");
        }
        int size = all.size();
        long lowest = by > 0 ? 0 : -1;
        long highest = by > 0 ? size : size - 1L;
        long begin = from == null ? (by > 0 ? lowest : highest) : within(whole(from), size, lowest, highest);
        long end = to == null ? (by > 0 ? highest : lowest) : within(whole(to), size, lowest, highest);
        List<Object> part = new ArrayList<>();
        for (long k = begin; by > 0 ? k < end : k > end; k += by) {
            part.add(all.get((int) k));
        }
        return part;
    }

    private static long within(long place, int size, long lowest, long highest) {
        long counted = place < 0 ? place + size : place;
        return Math.max(lowest, Math.min(highest, counted));
    }

    private static long whole(Object value) {
        if (value instanceof Long number && Math.abs(number) <= Integer.MAX_VALUE) {
            return number;
        }
        throw new TemplateException("an index in a list is %s (must be a whole number)".formatted(Values.kind(value)));
    }
}
