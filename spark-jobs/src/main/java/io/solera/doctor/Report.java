package io.solera.doctor;

import io.solera.cluster.Described;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/** All findings, and what is printed of them: a line for each check, and one more for each other outcome. */
public record Report(List<Finding> findings) {
    public Report {
        findings = List.copyOf(findings);
    }

    /** @param places in a few words */
    public record Line(Status status, String check, String places, String text) {}

    /** Where Spark does not start. */
    public static Report withoutSpark(Throwable problem) {
        return new Report(List.of(new Finding("Spark", Finding.DRIVER, KnownProblem.outcome(problem))));
    }

    public List<Line> lines() {
        Map<String, Map<Outcome, List<String>>> checks = new LinkedHashMap<>();
        Map<String, Outcome> fine = new LinkedHashMap<>();
        for (Finding finding : findings) {
            // what is fine in several places is said once, in the words of the first
            Outcome outcome = finding.outcome().status() == Status.OK
                    ? fine.computeIfAbsent(finding.check(), check -> finding.outcome())
                    : finding.outcome();
            checks.computeIfAbsent(finding.check(), check -> new LinkedHashMap<>())
                    .computeIfAbsent(outcome, same -> new ArrayList<>())
                    .add(finding.place());
        }
        List<Line> lines = new ArrayList<>();
        checks.forEach((check, outcomes) -> outcomes.forEach(
                (outcome, places) -> lines.add(new Line(outcome.status(), check, shown(places), outcome.text()))));
        return lines;
    }

    /** Names of checks that ended so somewhere. */
    public List<String> named(Status status) {
        return List.copyOf(new LinkedHashSet<>(findings.stream()
                .filter(finding -> finding.outcome().status() == status)
                .map(Finding::check)
                .toList()));
    }

    public int checks() {
        return (int) findings.stream().map(Finding::check).distinct().count();
    }

    /** Executors are counted where there are several. */
    static String shown(List<String> places) {
        List<String> executors =
                places.stream().filter(place -> place.startsWith("executor ")).toList();
        if (executors.size() < 3) {
            return Described.named(places);
        }
        List<String> words = new ArrayList<>(places);
        words.removeAll(executors);
        words.add("%d executors".formatted(executors.size()));
        return String.join(", ", words);
    }
}
