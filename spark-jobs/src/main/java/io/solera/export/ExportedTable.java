package io.solera.export;

import io.solera.config.RunName;
import io.solera.lang.Excerpt;
import io.solera.problem.RequestException;
import io.solera.problem.RunException;
import io.solera.store.CommittedRound;
import io.solera.store.LostRunException;
import io.solera.store.RunFolder;
import io.solera.table.TableName;
import io.solera.table.output.CatalogTable;
import io.solera.train.rollout.SampleColumns;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.connector.catalog.CatalogNotFoundException;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * A table that rounds are appended to, each once: a round is there with all its rows or not at all, so what is missing
 * is a difference of numbers. Only the driver that holds the run's folder appends its rounds.
 */
final class ExportedTable {
    private static final String RUN = RunName.RUN.text();
    private static final String RUN_FOLDER = RunName.RUN_FOLDER.text();
    /** Rounds of an append, whose rows of metrics are in the driver's memory. */
    private static final int MOST = 32;

    private final SparkSession spark;
    private final String name;
    private final CatalogTable table;
    private final RoundRows rows;
    /** The rounds that need no look; null where that is unknown, as after an append that failed or seemed to. */
    private @Nullable Set<Integer> done;

    ExportedTable(SparkSession spark, String name, RoundRows rows) {
        this.spark = spark;
        this.name = name;
        this.table = new CatalogTable(spark, TableName.ofCatalog(name));
        this.rows = rows;
    }

    /** Makes the table where there is none. */
    void require(@Nullable String format) {
        try {
            if (!table.exists()) {
                table.requireNamespace();
                StructType schema =
                        new StructType().add(RUN, DataTypes.StringType).add(RUN_FOLDER, DataTypes.StringType);
                for (StructField field : rows.schema().fields()) {
                    schema = schema.add(field.name(), field.dataType());
                }
                table.create(schema, format);
            }
            table.rows().select(RUN, RUN_FOLDER, SampleColumns.ROUND);
        } catch (Exception e) {
            String why = "Cannot export the %s of a run to table %s: %s".formatted(rows.what(), name, reason(e));
            if (e instanceof RequestException
                    || e instanceof AnalysisException
                    || e instanceof CatalogNotFoundException) {
                throw new RequestException(why, e);
            }
            throw new RunException(why, e);
        }
    }

    /**
     * Appends the rounds that are not there.
     *
     * @throws RunException if that fails; what was appended stays
     */
    void catchUp(RunFolder folder) throws IOException {
        List<CommittedRound> missing = List.of();
        try {
            Optional<CommittedRound> first = folder.rounds().find(0);
            if (first.isEmpty()) {
                return;
            }
            String run = first.get().run();
            Set<Integer> there = done == null ? there(run) : done;
            missing = missing(folder, there);
            for (int from = 0; from < missing.size(); from += MOST) {
                List<CommittedRound> some = missing.subList(from, Math.min(missing.size(), from + MOST));
                folder.requireHeld("append to table " + name);
                done = null;
                Dataset<Row> data = rows.of(spark, some);
                List<Column> columns = new ArrayList<>(List.of(
                        functions.lit(run).as(RUN),
                        functions.lit(folder.location()).as(RUN_FOLDER)));
                columns.add(functions.col("*"));
                table.append(data.select(columns.toArray(Column[]::new)));
                some.forEach(round -> there.add(round.round()));
                done = there;
            }
            done = there;
        } catch (LostRunException e) {
            throw e;
        } catch (Exception e) {
            String rounds = missing.isEmpty()
                    ? ""
                    : " of rounds %d to %d"
                            .formatted(
                                    missing.get(0).round(),
                                    missing.get(missing.size() - 1).round());
            throw new RunException(
                    ("Cannot append the %s%s of run %s to table %s: %s (they are in the run's folder, and --resume"
                                    + " appends them)")
                            .formatted(rows.what(), rounds, folder.location(), name, reason(e)),
                    e);
        }
    }

    private static String reason(Exception e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : Excerpt.ofFirstLine(e.getMessage(), 300);
    }

    private List<CommittedRound> missing(RunFolder folder, Set<Integer> there) throws IOException {
        int first = 0;
        while (there.contains(first)) {
            first++;
        }
        List<CommittedRound> missing = new ArrayList<>();
        for (CommittedRound round : folder.rounds().from(first)) {
            boolean known = there.contains(round.round());
            if (!known && rows.has(round)) {
                missing.add(round);
            } else {
                there.add(round.round());
            }
        }
        return missing;
    }

    private Set<Integer> there(String run) {
        return table
                .rows()
                .filter(functions.col(RUN).equalTo(run))
                .select(functions.col(SampleColumns.ROUND).cast(DataTypes.IntegerType))
                .distinct()
                .as(Encoders.INT())
                .collectAsList()
                .stream()
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Override
    public String toString() {
        return "table " + name;
    }
}
