package io.solera.score;

import io.solera.reward.Status;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * What became of a table's rows under one reward.
 *
 * @param mean of the values that there are, NaN without any
 * @param missing rows by reason, reasons without rows left out
 */
public record Tally(String column, long ok, double mean, Map<Status, Long> missing) {
    private static final Status[] STATUSES = Status.values();

    /** One per reward, in one pass over the scored table. */
    public static List<Tally> of(Dataset<Row> scored, List<String> columns) {
        List<Column> wanted = new ArrayList<>();
        for (String column : columns) {
            wanted.add(functions.avg(scored.col(Tables.quoted(column))));
            Column status = scored.col(Tables.quoted(TableScoring.status(column)));
            for (Status each : STATUSES) {
                wanted.add(functions.count(functions.when(status.equalTo(each.text()), 1)));
            }
        }
        Row row = scored.agg(wanted.get(0), wanted.subList(1, wanted.size()).toArray(Column[]::new))
                .head();
        List<Tally> tallies = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            int first = i * (1 + STATUSES.length);
            Map<Status, Long> counts = new LinkedHashMap<>();
            for (int k = 0; k < STATUSES.length; k++) {
                long count = row.getLong(first + 1 + k);
                if (count > 0) {
                    counts.put(STATUSES[k], count);
                }
            }
            long ok = counts.getOrDefault(Status.OK, 0L);
            counts.remove(Status.OK);
            tallies.add(new Tally(columns.get(i), ok, row.isNullAt(first) ? Double.NaN : row.getDouble(first), counts));
        }
        return tallies;
    }

    public long rows() {
        return ok + missing.values().stream().mapToLong(Long::longValue).sum();
    }
}
