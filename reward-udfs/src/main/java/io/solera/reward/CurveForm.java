package io.solera.reward;

import io.solera.problem.SettingException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The forms of shapings as written in jobs, and the only list of them.
 *
 * @param parameters by name, each with its default or NaN
 */
record CurveForm(String name, Map<String, Double> parameters, Function<double[], Curve> curve) {
    static final String MAPPING = "value-mapping";

    private static final Pattern TEXT = Pattern.compile("\\s*([a-z-]+)\\s*(?:\\(([^()]*)\\))?\\s*");

    private static final List<CurveForm> FORMS = List.of(
            form("identity", p -> new Curve.Identity()),
            form("linear(low, high)", p -> new Curve.Linear(p[0], p[1])),
            form("reverse-linear(low, high)", p -> new Curve.ReverseLinear(p[0], p[1])),
            form("window(low, high, margin)", p -> new Curve.Window(p[0], p[1], p[2])),
            form("sigmoid(low, high, k=1)", p -> new Curve.Sigmoid(p[0], p[1], p[2])),
            form("reverse-sigmoid(low, high, k=1)", p -> new Curve.ReverseSigmoid(p[0], p[1], p[2])),
            form(
                    "double-sigmoid(low, high, coef-div=100, coef-si=150, coef-se=150)",
                    p -> new Curve.DoubleSigmoid(p[0], p[1], p[2], p[3], p[4])),
            form("left-step(low)", p -> new Curve.LeftStep(p[0])),
            form("right-step(high)", p -> new Curve.RightStep(p[0])),
            form("step(low, high)", p -> new Curve.Step(p[0], p[1])),
            form("gaussian(mean, deviation)", p -> new Curve.Gaussian(p[0], p[1])),
            form("exponential-decay(k)", p -> new Curve.ExponentialDecay(p[0])));

    private static CurveForm form(String signature, Function<double[], Curve> curve) {
        Matcher matcher = TEXT.matcher(signature);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("Cannot read a signature: " + signature);
        }
        Map<String, Double> parameters = new LinkedHashMap<>();
        for (String word : words(matcher.group(2))) {
            int equals = word.indexOf('=');
            parameters.put(
                    equals < 0 ? word : word.substring(0, equals),
                    equals < 0 ? Double.NaN : Double.parseDouble(word.substring(equals + 1)));
        }
        return new CurveForm(matcher.group(1), parameters, curve);
    }

    static Curve parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (matcher.matches()) {
            List<String> words = words(matcher.group(2));
            if (matcher.group(1).equals(MAPPING)) {
                return mapping(text, words);
            }
            for (CurveForm form : FORMS) {
                if (form.name.equals(matcher.group(1))) {
                    return form.curve.apply(form.values(text, words));
                }
            }
        }
        throw invalid(
                text,
                FORMS.stream()
                        .map(CurveForm::signature)
                        .collect(Collectors.joining(", ", "must be ", " or " + MAPPING + "(value=score, ...)")));
    }

    private double[] values(String text, List<String> words) {
        double[] values =
                parameters.values().stream().mapToDouble(Double::doubleValue).toArray();
        long required = Arrays.stream(values).filter(Double::isNaN).count();
        if (words.size() < required || words.size() > values.length) {
            throw invalid(text, "must be " + signature());
        }
        for (int i = 0; i < words.size(); i++) {
            values[i] = number(text, words.get(i));
        }
        return values;
    }

    private static Curve mapping(String text, List<String> words) {
        Map<Double, Double> values = new LinkedHashMap<>();
        for (String word : words) {
            String[] sides = word.split("=", -1);
            if (sides.length != 2) {
                throw invalid(text, "must be " + MAPPING + "(value=score, ...)");
            }
            double score = number(text, sides[1].strip());
            if (!(score >= 0 && score <= 1)) {
                throw invalid(text, "scores must be from 0 to 1");
            }
            if (values.put(number(text, sides[0].strip()) + 0.0, score) != null) {
                throw invalid(text, "must name a value once");
            }
        }
        if (values.isEmpty()) {
            throw invalid(text, "must name at least one value");
        }
        return new Curve.ValueMapping(values);
    }

    private String signature() {
        return parameters.isEmpty()
                ? name
                : parameters.entrySet().stream()
                        .map(parameter -> parameter.getKey()
                                + (parameter.getValue().isNaN() ? "" : "=" + number(parameter.getValue())))
                        .collect(Collectors.joining(", ", name + "(", ")"));
    }

    /** A form with its values; trailing default values are omitted. */
    static String text(String name, double... values) {
        double[] defaults = FORMS.stream()
                .filter(form -> form.name.equals(name))
                .flatMapToDouble(form -> form.parameters.values().stream().mapToDouble(Double::doubleValue))
                .toArray();
        int count = values.length;
        while (count > 0 && values[count - 1] == defaults[count - 1]) {
            count--;
        }
        return count == 0
                ? name
                : Arrays.stream(values, 0, count)
                        .mapToObj(CurveForm::number)
                        .collect(Collectors.joining(", ", name + "(", ")"));
    }

    /** Checks the values of a form, of which each must be finite. */
    static void require(boolean holds, String rule, String name, double... values) {
        if (!Arrays.stream(values).allMatch(Double::isFinite)) {
            throw invalid(text(name, values), "parameters must be finite");
        }
        if (!holds) {
            throw invalid(text(name, values), rule);
        }
    }

    static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }

    private static double number(String text, String word) {
        try {
            double value = Double.parseDouble(word);
            if (!Double.isFinite(value)) {
                throw invalid(text, "parameters must be finite");
            }
            return value;
        } catch (NumberFormatException e) {
            throw invalid(text, word + " is not a number");
        }
    }

    private static List<String> words(@Nullable String list) {
        List<String> words = new ArrayList<>();
        if (list != null && !list.isBlank()) {
            for (String word : list.split(",", -1)) {
                words.add(word.strip());
            }
        }
        return words;
    }

    private static SettingException invalid(String text, String rule) {
        return new SettingException("shaping", text, rule);
    }
}
