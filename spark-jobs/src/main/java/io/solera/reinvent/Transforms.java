package io.solera.reinvent;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** REINVENT's transforms as shapings: the one list of them. */
final class Transforms {
    private static final Map<String, Function<Section, String>> ALL = Map.of(
            "sigmoid", t -> sigmoid("sigmoid", t),
            "reversesigmoid", t -> sigmoid("reverse-sigmoid", t),
            "doublesigmoid",
                    t -> shaping(
                            "double-sigmoid",
                            t.required("low"),
                            t.required("high"),
                            t.number("coef_div", 100),
                            t.number("coef_si", 150),
                            t.number("coef_se", 150)),
            "step", t -> shaping("step", t.number("low", 0), t.number("high", 0)),
            "leftstep", t -> shaping("left-step", t.number("low", 0)),
            "rightstep", t -> shaping("right-step", t.number("high", 0)),
            "exponentialdecay", t -> shaping("exponential-decay", t.required("k")),
            "valuemapping", t -> mapping(t.section("mapping")));

    private Transforms() {}

    /** The shaping of a transform; null where it has no counterpart. */
    static @Nullable String shaping(Section transform) {
        String type = transform.text("type", "").toLowerCase(Locale.ROOT).replaceAll("[_-]", "");
        Function<Section, String> maker = ALL.get(type);
        return maker == null ? null : maker.apply(transform);
    }

    /** With low = high a step, which is 1 above them. */
    private static String sigmoid(String name, Section transform) {
        double low = transform.required("low");
        double high = transform.required("high");
        double k = transform.required("k");
        if (low == high) {
            return name.equals("sigmoid") ? shaping("right-step", Math.nextUp(low)) : shaping("left-step", low);
        }
        return shaping(name, low, high, k);
    }

    private static String mapping(Section mapping) {
        List<String> pairs = new ArrayList<>();
        for (String key : mapping.keys()) {
            pairs.add(key + "=" + plain(mapping.required(key)));
        }
        return "value-mapping(" + String.join(", ", pairs) + ")";
    }

    private static String shaping(String name, double... values) {
        List<String> words = new ArrayList<>();
        for (double value : values) {
            words.add(plain(value));
        }
        return name + "(" + String.join(", ", words) + ")";
    }

    /** A number without the fraction that it does not have. */
    static String plain(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e9
                ? Long.toString((long) value)
                : Double.toString(value);
    }
}
