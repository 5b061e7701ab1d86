package io.solera.reward.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The levels of agreement with the judges on texts.jsonl.gz of the reference data, which docs/reference/texts.py wrote.
 */
@Tag("reference")
class TestTextReference {
    private static final double EQUAL = 1e-9;

    private static List<Judged> rows() throws IOException {
        Path file = Path.of(System.getProperty("solera.reference.data", ""), "texts.jsonl.gz");
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            return Judged.read(lines);
        }
    }

    @Test
    void valuesAreTheJudges() throws IOException {
        Map<String, List<Judged.Pair>> compared = Judged.compare(rows());
        System.out.println("| reward | texts | rows | missing in both | mean difference | largest | equal to 1e-9 |");
        compared.forEach((call, pairs) -> {
            Map<String, List<Judged.Pair>> byKind = new TreeMap<>(pairs.stream()
                    .collect(Collectors.groupingBy(pair -> pair.row().kind())));
            byKind.forEach((kind, part) -> {
                long missing =
                        part.stream().filter(pair -> pair.judged() == null).count();
                double mean = part.stream()
                        .mapToDouble(Judged.Pair::difference)
                        .average()
                        .orElseThrow();
                double largest =
                        part.stream().mapToDouble(Judged.Pair::difference).max().orElseThrow();
                long equal =
                        part.stream().filter(pair -> pair.difference() <= EQUAL).count();
                System.out.printf(
                        "| `%s` | %s | %d | %d | %.2g | %.2g | %.3f %% |%n",
                        call, kind, part.size(), missing, mean, largest, 100.0 * equal / part.size());
            });
        });
        compared.forEach((call, pairs) -> {
            boolean reading = call.startsWith("reading_");
            assertThat(pairs)
                    .as(call)
                    .allMatch(pair -> (reading ? pair.beyondSyllables(call) : pair.difference()) <= EQUAL);
            if (reading) {
                assertThat(pairs.stream()
                                .filter(pair -> !pair.row().kind().equals("scrambled"))
                                .mapToDouble(Judged.Pair::difference)
                                .average()
                                .orElseThrow())
                        .as(call)
                        .isLessThan(call.equals("reading_ease") ? 3 : 0.4);
            }
        });
    }
}
