package io.solera.reward.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The hostile queries that were tried once, each with its one-line answer in {@code target/security-<file>}. */
@Tag("cases")
class TestSecurityCases {
    private static final int LONGEST = 220;

    /** What the queries are after: the passwords' file, and what programs print. */
    private static final List<String> LOOT = List.of("root:", "nologin", "uid=", "/bin/");

    @ParameterizedTest
    @ValueSource(strings = {"sql.txt", "sql2.txt"})
    void queriesRunNoProgramAndShowNoFile(String name) throws IOException {
        Path cases = Path.of(System.getProperty("solera.cases")).resolve("security");
        String text = Files.readString(cases.resolve(name)).replace("CASES", cases.toString());
        SparkSession spark = SqlSession.open();
        List<String> lines = new ArrayList<>();
        for (String query : text.split("(?m)^;;$")) {
            String answer = answer(spark, query.strip());
            lines.add("%s\n    %s".formatted(oneLine(query.strip()), oneLine(answer)));
            // Spark's own reading of a file that the user of the cluster can read is Spark's affair (docs/sql.md)
            if (!query.contains("text.`")) {
                assertThat(answer).as(query).doesNotContain(LOOT).doesNotContainPattern("Exception: .*Exception: ");
            }
            if (query.contains("TRANSFORM") || query.contains("java_method") || query.contains("FUNCTION")) {
                assertThat(answer).as(query).startsWith("RefusedQueryException: Cannot use ");
            }
            if (query.contains("http://127.0.0.1:18999")) {
                assertThat(answer).as(query).contains("Invalid location: http://127.0.0.1:18999");
            }
            if (query.contains("process") || query.contains("isolated")) {
                assertThat(answer).as(query).containsPattern("allow|Invalid reward");
            }
        }
        Files.writeString(Path.of("target", "security-" + name), String.join("\n", lines) + "\n");
        assertThat(lines.get(0)).contains("0.4068");
    }

    private static String answer(SparkSession spark, String query) {
        try {
            return spark.sql(query).collectAsList().stream().map(Row::toString).collect(Collectors.joining(" "));
        } catch (Exception e) { // Spark throws checked exceptions that it does not declare
            return e.getClass().getSimpleName() + ": " + e.getMessage();
        }
    }

    private static String oneLine(String text) {
        String line = text.replaceAll("\\s+", " ");
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "...";
    }
}
