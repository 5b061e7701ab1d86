package io.solera.score;

import io.solera.reward.Score;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Consumer;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a part with their scores. Rows with the same input are consecutive: the input is scored once, in a batch
 * with others, however many rows it has; a bounded number of rows is held in memory.
 */
final class PartScoring implements Iterator<Row> {
    private static final int HELD = 2048;

    private final Iterator<Row> rows;
    private final ScoredRows layout;
    private final List<RewardColumn> rewards;
    private final int part;
    private final Consumer<PartTally> atEnd;
    private final ArrayDeque<Row> ready = new ArrayDeque<>();
    private final long[] nanos;
    private List<@Nullable String> lastKey = List.of();
    private List<Score> lastScores = List.of();
    private long rowCount;
    private long distinct;
    private boolean ended;

    /** @param atEnd called once, before the iterator reports its end */
    PartScoring(
            Iterator<Row> rows, ScoredRows layout, List<RewardColumn> rewards, int part, Consumer<PartTally> atEnd) {
        this.rows = rows;
        this.layout = layout;
        this.rewards = rewards;
        this.part = part;
        this.atEnd = atEnd;
        this.nanos = new long[rewards.size()];
    }

    @Override
    public boolean hasNext() {
        if (ready.isEmpty() && !ended) {
            fill();
            if (ready.isEmpty()) {
                ended = true;
                atEnd.accept(PartTally.of(part, rowCount, distinct, nanos));
            }
        }
        return !ready.isEmpty();
    }

    @Override
    public Row next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return ready.remove();
    }

    private void fill() {
        List<Row> held = new ArrayList<>();
        List<Integer> owners = new ArrayList<>();
        KeyBatch batch = new KeyBatch(layout.inputs().size());
        List<@Nullable String> key = lastKey;
        while (rows.hasNext() && held.size() < HELD && batch.size() < KeyBatch.SIZE) {
            Row row = rows.next();
            layout.requirePart(row, part);
            List<@Nullable String> own = layout.key(row);
            if (!own.equals(key)) {
                key = own;
                batch.add(own);
                distinct += own.stream().allMatch(text -> text == null) ? 0 : 1;
            }
            held.add(row);
            owners.add(batch.size() - 1);
        }
        List<List<Score>> scores = batch.size() == 0 ? List.of() : batch.score(layout.inputs(), rewards, nanos);
        for (int i = 0; i < held.size(); i++) {
            ready.add(RowFactory.create(layout.scored(held.get(i), of(owners.get(i), scores))));
        }
        rowCount += held.size();
        if (batch.size() > 0) {
            lastKey = Collections.unmodifiableList(key);
            lastScores = of(batch.size() - 1, scores);
        }
    }

    /** The scores of an input of the batch, or of the previous input. */
    private List<Score> of(int owner, List<List<Score>> scores) {
        return owner < 0
                ? lastScores
                : scores.stream().map(each -> each.get(owner)).toList();
    }
}
