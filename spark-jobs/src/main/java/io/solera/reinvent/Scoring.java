package io.solera.reinvent;

import io.solera.problem.RequestException;
import io.solera.problem.SettingException;
import io.solera.reinvent.Component.Role;
import io.solera.reward.Shaping;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The scoring section of a stage. A weighted arithmetic mean of components is what {@code weighted-gradients} trains on
 * by itself. A geometric mean, and components that are filters or penalties, become a reward that is an expression of
 * SQL over the shaped components: {@code sum or product of the scorers x filters x penalties}, REINVENT's total score.
 */
final class Scoring {
    private static final Set<String> GEOMETRIC = Set.of("geometric_mean", "custom_product");
    private static final Set<String> ARITHMETIC = Set.of("arithmetic_mean", "custom_sum");
    private static final String UNKNOWN =
            "no reward of the catalogue computes it; a program or service of yours can: docs/outside-rewards.md";

    private final Section section;
    private final RewardNaming rewards;
    private final List<Note> notes;
    private final List<Term> terms = new ArrayList<>();

    private record Term(Role role, String reward, double weight) {}

    private Scoring(Section section, RewardNaming rewards, List<Note> notes) {
        this.section = section;
        this.rewards = rewards;
        this.notes = notes;
    }

    /** The names of the rewards that a stage trains on. */
    static List<String> rewards(Section section, RewardNaming rewards, List<Note> notes) {
        return new Scoring(section, rewards, notes).rewards();
    }

    private List<String> rewards() {
        String type = section.text("type", "");
        if (!GEOMETRIC.contains(type) && !ARITHMETIC.contains(type)) {
            throw new SettingException(
                    section.path("type"),
                    type,
                    "must be geometric_mean, custom_product, arithmetic_mean or custom_sum");
        }
        for (Section component : section.list("component")) {
            for (String name : component.keys()) {
                component(name, component.section(name));
            }
        }
        List<Term> scorers = of(Role.SCORER);
        if (terms.isEmpty()) {
            throw new RequestException("Cannot import %s: none of its components has a counterpart (%s)"
                    .formatted(section.path(), UNKNOWN));
        }
        if (ARITHMETIC.contains(type) && scorers.size() == terms.size()) {
            return scorers.stream().map(Term::reward).distinct().toList();
        }
        String mean = scorers.isEmpty() ? "1.0D" : GEOMETRIC.contains(type) ? product(scorers) : sum(scorers);
        StringBuilder total = new StringBuilder(mean);
        of(Role.FILTER).forEach(term -> total.append(" * ").append(term.reward).append("_shaped"));
        of(Role.PENALTY).forEach(term -> total.append(" * (0.5D + 0.5D * %s_shaped)".formatted(term.reward)));
        Map<String, Object> reward = new LinkedHashMap<>();
        reward.put("sql", total.toString());
        return List.of(rewards.add("total_score", reward));
    }

    private void component(String name, Section component) {
        Component known = Components.of(name).orElse(null);
        Section shared = component.section("params");
        for (Section endpoint : component.list("endpoint")) {
            String title = endpoint.text("name", name);
            double weight = endpoint.number("weight", 1);
            Section parameters = endpoint.section("params", shared);
            if (known == null) {
                notes.add(new Note(endpoint.path(), "%s (%s): %s".formatted(title, name, UNKNOWN)));
                endpoint.section("transform").skip();
                parameters.skip();
                continue;
            }
            List<String> calls = known.reward().calls(parameters, notes);
            if (calls.isEmpty()) {
                notes.add(new Note(
                        parameters.path(), "%s (%s): these parameters have no counterpart".formatted(title, name)));
                endpoint.section("transform").skip();
                parameters.skip();
            }
            calls.forEach(call -> add(known, title, call, weight, endpoint));
        }
    }

    private void add(Component known, String title, String call, double weight, Section endpoint) {
        Map<String, Object> reward = new LinkedHashMap<>();
        reward.put("function", call);
        if (known.role() == Role.SCORER) {
            reward.put("weight", weight);
        }
        reward.put("shaping", shaping(known, title, endpoint));
        terms.add(new Term(known.role(), rewards.add(title, reward), weight));
    }

    private String shaping(Component known, String title, Section endpoint) {
        if (known.role() != Role.SCORER) {
            return known.role() == Role.FILTER ? "left-step(0)" : "identity";
        }
        String shaping = "identity";
        if (endpoint.has("transform")) {
            Section transform = endpoint.section("transform");
            String found = Transforms.shaping(transform);
            if (found == null) {
                throw new SettingException(
                        transform.path("type"), transform.text("type", ""), "must be a transform of REINVENT 4");
            }
            try {
                shaping = Shaping.parse(found).text();
            } catch (RequestException | SettingException e) {
                throw new RequestException("Cannot import %s: %s".formatted(transform.path(), e.getMessage()), e);
            }
        } else if (!known.onUnit()) {
            notes.add(new Note(
                    endpoint.path(),
                    title + " has no transform; its values are cut to [0, 1], which REINVENT does not do"));
        }
        return shaping;
    }

    private List<Term> of(Role role) {
        return terms.stream().filter(term -> term.role == role).toList();
    }

    /** exp(sum w ln x / sum w), where x is at least 1e-8, as in REINVENT; null where an x is, unlike greatest(). */
    private static String product(List<Term> scorers) {
        double sum = weights(scorers);
        return joined(
                scorers,
                " * ",
                term -> scorers.size() == 1
                        ? term.reward + "_shaped"
                        : "pow(if(%1$s_shaped < 1e-8D, 1e-8D, %1$s_shaped), %2$sD)"
                                .formatted(term.reward, term.weight / sum));
    }

    private static String sum(List<Term> scorers) {
        double sum = weights(scorers);
        return "(" + joined(scorers, " + ", term -> "%sD * %s_shaped".formatted(term.weight / sum, term.reward)) + ")";
    }

    private static double weights(List<Term> scorers) {
        double sum = scorers.stream().mapToDouble(Term::weight).sum();
        if (!(sum > 0)) {
            throw new SettingException("the weights of a stage", sum, "must have a sum above 0");
        }
        return sum;
    }

    private static String joined(List<Term> terms, String between, Function<Term, String> form) {
        return terms.stream().map(form).collect(Collectors.joining(between));
    }
}
