package io.solera.train.rollout;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.Row;

/** The rows of a partition after a function of batches of them, one batch at a time. */
public final class RowBatches implements Iterator<Row> {
    private final Iterator<Row> rows;
    private final int size;
    private final UnaryOperator<List<Row>> function;
    private Iterator<Row> done = List.<Row>of().iterator();

    /** @param function gives as many rows as it takes */
    public RowBatches(Iterator<Row> rows, int size, UnaryOperator<List<Row>> function) {
        this.rows = rows;
        this.size = size;
        this.function = function;
    }

    @Override
    public boolean hasNext() {
        return done.hasNext() || rows.hasNext();
    }

    @Override
    public Row next() {
        if (!done.hasNext()) {
            List<Row> batch = new ArrayList<>();
            while (batch.size() < size && rows.hasNext()) {
                batch.add(rows.next());
            }
            done = function.apply(batch).iterator();
        }
        return done.next();
    }
}
