package io.solera.doctor;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Whether what must be the same everywhere is. */
final class Comparison {
    static final String NAME = "same everywhere";
    /** With others Solera runs, and the same job may end in other bytes. */
    private static final Set<String> MAY_DIFFER = Set.of("java", "platform", "threads", "training step");

    private static final int SHOWN = 3;

    private Comparison() {}

    /**
     * @param names of the checks to compare
     * @return a finding for each that differs, or one that all are the same; none of a single process
     */
    static List<Finding> of(List<String> names, List<Finding> findings) {
        List<Finding> compared = new ArrayList<>();
        List<String> same = new ArrayList<>();
        for (String name : names) {
            Map<String, List<String>> places = new LinkedHashMap<>();
            findings.stream()
                    .filter(finding ->
                            finding.check().equals(name) && finding.outcome().status() != Status.FAILED)
                    .forEach(finding -> places.computeIfAbsent(finding.outcome().words(), words -> new ArrayList<>())
                            .add(finding.place()));
            if (places.size() > 1) {
                compared.add(new Finding(name, Finding.CLUSTER, different(name, places)));
            } else if (places.values().stream().anyMatch(all -> all.size() > 1)) {
                same.add(name);
            }
        }
        if (compared.isEmpty() && !same.isEmpty()) {
            compared.add(new Finding(NAME, Finding.CLUSTER, Outcome.ok(String.join(", ", same))));
        }
        return compared;
    }

    private static Outcome different(String name, Map<String, List<String>> places) {
        List<String> parts = new ArrayList<>();
        places.forEach((words, all) -> parts.add("%s (%s)".formatted(words, Report.shown(all))));
        String text = "not the same everywhere: "
                + String.join("; ", parts.subList(0, Math.min(SHOWN, parts.size())))
                + (parts.size() > SHOWN ? "; and %d others".formatted(parts.size() - SHOWN) : "");
        if (name.equals("training step")) {
            return Outcome.warning(
                    text, "use processors of one model where a run that is repeated must end in the same bytes");
        }
        String image = "use one image, and one jar, for the driver and all executors";
        return MAY_DIFFER.contains(name) ? Outcome.warning(text, image) : Outcome.failed(text, image);
    }

    /** The same of what processes answered to {@link Probe}. */
    static List<Finding> ofAnswers(List<String[]> answers) {
        List<Finding> findings = new ArrayList<>();
        for (int k = 0; k < Probe.NAMES.size(); k++) {
            for (String[] answer : answers) {
                findings.add(
                        new Finding(Probe.NAMES.get(k), answer[Probe.PLACE], Outcome.ok(answer[Probe.FIRST_NAME + k])));
            }
        }
        List<Finding> all = new ArrayList<>(findings);
        of(Probe.NAMES, findings).stream()
                .filter(finding -> finding.outcome().status() != Status.OK)
                .forEach(all::add);
        return all;
    }

    /** Of answers, whether an executor has another Solera; then it is sent nothing else. */
    static Optional<Finding> otherSolera(List<Finding> findings) {
        return findings.stream()
                .filter(finding -> finding.check().equals(Probe.NAMES.get(0))
                        && finding.outcome().status() == Status.FAILED)
                .findFirst();
    }
}
