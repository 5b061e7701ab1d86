package io.solera.reward.sql;

import io.solera.reward.Reward;
import io.solera.reward.Score;
import io.solera.reward.catalogue.RewardCall;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.jspecify.annotations.Nullable;

/**
 * Adds the value and status of each reward to the rows of a partition, many rows at a time.
 *
 * @param text index of the column with the texts
 */
record RowScores(int text, List<Column> columns, HadoopSettings settings) implements MapPartitionsFunction<Row, Row> {
    /** Several times the largest batch of a network. */
    private static final int BATCH = 256;

    /**
     * A reward to add.
     *
     * @param other index of the column to compare with; -1 if the reward reads only the text
     */
    record Column(RewardCall call, int other) implements Serializable {}

    RowScores {
        columns = List.copyOf(columns);
    }

    @Override
    public Iterator<Row> call(Iterator<Row> rows) {
        List<Reward> rewards = columns.stream()
                .map(column -> LoadedRewards.of(column.call, settings))
                .toList();
        return new Iterator<>() {
            private Iterator<Row> scored = List.<Row>of().iterator();

            @Override
            public boolean hasNext() {
                return scored.hasNext() || rows.hasNext();
            }

            @Override
            public Row next() {
                if (!scored.hasNext()) {
                    List<Row> batch = new ArrayList<>(BATCH);
                    while (batch.size() < BATCH && rows.hasNext()) {
                        batch.add(rows.next());
                    }
                    scored = scored(batch, rewards).iterator();
                }
                return scored.next();
            }
        };
    }

    private List<Row> scored(List<Row> batch, List<Reward> rewards) {
        List<@Nullable String> texts = texts(batch, text);
        List<List<Score>> scores = new ArrayList<>();
        for (int k = 0; k < rewards.size(); k++) {
            int other = columns.get(k).other;
            Reward reward = rewards.get(k);
            scores.add(other < 0 ? reward.score(texts) : reward.score(texts, texts(batch, other)));
        }
        List<Row> result = new ArrayList<>(batch.size());
        for (int i = 0; i < batch.size(); i++) {
            Row row = batch.get(i);
            @Nullable Object[] cells = new Object[row.size() + 2 * scores.size()];
            for (int k = 0; k < row.size(); k++) {
                cells[k] = row.get(k);
            }
            for (int k = 0; k < scores.size(); k++) {
                Score score = scores.get(k).get(i);
                cells[row.size() + 2 * k] = score.present() ? score.value() : null;
                cells[row.size() + 2 * k + 1] = score.status().text();
            }
            result.add(RowFactory.create(cells));
        }
        return result;
    }

    private static List<@Nullable String> texts(List<Row> batch, int place) {
        List<@Nullable String> texts = new ArrayList<>(batch.size());
        batch.forEach(row -> texts.add(row.isNullAt(place) ? null : row.getString(place)));
        return texts;
    }
}
