package io.solera.train;

import io.solera.train.learner.LearnerUpdate;
import io.solera.train.rollout.SampleColumns;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.jspecify.annotations.Nullable;

/**
 * What a learner's update adds to the rows of its rollout: the advantages per objective of the run, null for those that
 * it does not train on, and the factor of a diversity filter.
 *
 * @param values [column][sample], empty where the update says nothing
 */
record UpdateColumns(List<double[]> values) implements Serializable {
    static UpdateColumns of(LearnerUpdate update, List<String> objectives, boolean filtered) {
        List<double[]> values = new ArrayList<>();
        for (String objective : objectives) {
            values.add(update.advantages().getOrDefault(objective, new double[0]));
        }
        if (filtered) {
            values.add(update.factors());
        }
        return new UpdateColumns(values);
    }

    /** The row of a sample with these columns at its end. */
    Row added(Row row) {
        @Nullable Object[] cells = new Object[row.size() + values.size()];
        for (int k = 0; k < row.size(); k++) {
            cells[k] = row.get(k);
        }
        int sample = (int) row.<Long>getAs(SampleColumns.SAMPLE_ID).longValue();
        for (int k = 0; k < values.size(); k++) {
            double value = values.get(k).length == 0 ? Double.NaN : values.get(k)[sample];
            cells[row.size() + k] = Double.isNaN(value) ? null : value;
        }
        return RowFactory.create(cells);
    }
}
