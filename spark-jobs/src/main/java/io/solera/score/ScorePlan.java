package io.solera.score;

import io.solera.lang.Sha256;
import io.solera.table.Tables;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * The plan of a scoring job, fixed when it starts: a killed job can only be resumed with the same plan. Written as
 * lines of a key and a value.
 *
 * @param identity what must be equal: the input and its files, the rewards and their versions, the rule that makes
 *     parts
 * @param parts number of parts
 * @param replaces whether it may replace existing output
 */
record ScorePlan(Map<String, String> identity, ScoreInput.Survey survey, int parts, boolean replaces) {
    private static final String RULE = "murmur3 of the inputs, version 1";

    ScorePlan {
        identity = Map.copyOf(identity);
    }

    /** What a job must have in common with the one that it resumes. */
    static Map<String, String> identity(ScoreInput input, boolean ordered) throws IOException {
        Map<String, String> identity = new LinkedHashMap<>();
        identity.put("input", input.name().text());
        identity.put("files", files(input));
        identity.put("schema", input.table().schema().toDDL());
        identity.put(
                "rewards", input.rewards().stream().map(RewardColumn::identity).collect(Collectors.joining("; ")));
        identity.put("order", ordered ? "of the input" : "by input");
        identity.put("rule", RULE);
        return identity;
    }

    /** The first difference to another job, for a message. */
    Optional<String> difference(Map<String, String> other) {
        return other.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .filter(now -> !now.getValue().equals(identity.get(now.getKey())))
                .findFirst()
                .map(now -> "its %s changed (then %s; now %s)"
                        .formatted(now.getKey(), identity.get(now.getKey()), now.getValue()));
    }

    /** A short form of the identity. */
    String hash() {
        return hash(identity);
    }

    static String hash(Map<String, String> identity) {
        Sha256 hash = new Sha256();
        new TreeMap<>(identity).forEach((key, value) -> hash.add("%s %s\n".formatted(key, value)));
        return hash.hex();
    }

    String text() {
        Map<String, String> lines = new LinkedHashMap<>();
        identity.keySet().stream().sorted().forEach(key -> lines.put("job." + key, String.valueOf(identity.get(key))));
        lines.put("rows", String.valueOf(survey.rows()));
        lines.put("distinct", String.valueOf(survey.distinct()));
        lines.put("absent", String.valueOf(survey.absent()));
        lines.put("parts", String.valueOf(parts));
        lines.put("replaces", String.valueOf(replaces));
        return lines.entrySet().stream()
                .map(line -> line.getKey() + " "
                        + line.getValue()
                                .replace("\\", "\\\\")
                                .replace("\n", "\\n")
                                .replace("\r", "\\r") + "\n")
                .collect(Collectors.joining());
    }

    /** Parses what {@link #text()} writes. */
    static ScorePlan parse(String text) {
        Map<String, String> lines = text.lines()
                .collect(Collectors.toMap(
                        line -> line.substring(0, line.indexOf(' ')),
                        line -> line.substring(line.indexOf(' ') + 1).translateEscapes()));
        Map<String, String> identity = new LinkedHashMap<>();
        lines.forEach((key, value) -> {
            if (key.startsWith("job.")) {
                identity.put(key.substring("job.".length()), value);
            }
        });
        return new ScorePlan(
                identity,
                new ScoreInput.Survey(number(lines, "rows"), number(lines, "distinct"), number(lines, "absent")),
                Math.toIntExact(number(lines, "parts")),
                Boolean.parseBoolean(lines.get("replaces")));
    }

    private static long number(Map<String, String> lines, String key) {
        return Long.parseLong(lines.getOrDefault(key, ""));
    }

    /** Of a table that does not say what its files are, such as one of Iceberg: its rows, in any order. */
    private static String content(Dataset<Row> table) {
        Column[] columns = Arrays.stream(table.schema().fields())
                .filter(field -> !field.dataType().sql().contains("MAP<")) // Spark has no hash of a map
                .map(field -> table.col(Tables.quoted(field.name())))
                .toArray(Column[]::new);
        Row row = table.agg(
                        functions.count(functions.lit(1)),
                        functions.sum(functions.xxhash64(columns).cast("decimal(38,0)")))
                .head();
        return "unknown, %d rows, sum of their hashes %s".formatted(row.getLong(0), row.get(1));
    }

    /** The identity of a table's files without reading them: names, sizes and times. */
    private static String files(ScoreInput input) throws IOException {
        Configuration configuration = input.spark().sparkContext().hadoopConfiguration();
        List<Path> files = Tables.files(input.name(), input.table(), configuration);
        if (files.isEmpty() && input.name().catalogued()) {
            return content(input.table());
        }
        Sha256 hash = new Sha256();
        long bytes = 0;
        for (Path path : files) {
            FileStatus status = path.getFileSystem(configuration).getFileStatus(path);
            hash.add("%s %d %d\n".formatted(path.toUri(), status.getLen(), status.getModificationTime()));
            bytes += status.getLen();
        }
        return "%d of %d bytes, SHA-256 of names, sizes and times %s"
                .formatted(files.size(), bytes, hash.hex().substring(0, 16));
    }
}
