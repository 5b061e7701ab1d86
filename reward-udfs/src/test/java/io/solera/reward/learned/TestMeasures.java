package io.solera.reward.learned;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.solera.reward.learned.training.BinaryMeasures;
import io.solera.reward.learned.training.RegressionMeasures;
import org.junit.jupiter.api.Test;

/** Measures by hand, and those of scikit-learn 1.2.1 on the same numbers. */
class TestMeasures {
    private static final float NONE = Float.NaN;

    private static float[][] column(double... values) {
        float[][] column = new float[values.length][1];
        for (int i = 0; i < values.length; i++) {
            column[i][0] = (float) values[i];
        }
        return column;
    }

    @Test
    void perfectOrderHasAreasOfOne() {
        BinaryMeasures measures = BinaryMeasures.of(column(0.9, 0.8, 0.2, 0.1), column(1, 1, 0, 0), 0);
        assertThat(measures.averagePrecision()).isEqualTo(1);
        assertThat(measures.rocAuc()).isEqualTo(1);
        assertThat(measures.brier()).isCloseTo((0.01 + 0.04 + 0.04 + 0.01) / 4, within(1e-7));
        assertThat(measures.calibrationError()).isCloseTo((0.1 + 0.2 + 0.2 + 0.1) / 4, within(1e-7));
    }

    @Test
    void equalProbabilitiesAreOneThreshold() {
        // actives at ranks 1 and 2-3 of 4: recall 1/2 at precision 1, recall 1 at precision 2/3
        BinaryMeasures measures = BinaryMeasures.of(column(0.5, 0.9, 0.5, 0.1), column(1, 1, 0, 0), 0);
        assertThat(measures.averagePrecision()).isCloseTo(0.5 + 0.5 * 2 / 3, within(1e-12));
        assertThat(measures.rocAuc()).isCloseTo(3.5 / 4, within(1e-12));
    }

    @Test
    void aConstantPredictionKnowsNothing() {
        BinaryMeasures measures = BinaryMeasures.of(column(0.3, 0.3, 0.3, 0.3), column(1, 0, 0, 0), 0);
        assertThat(measures.averagePrecision()).isEqualTo(0.25);
        assertThat(measures.rocAuc()).isEqualTo(0.5);
        assertThat(measures.calibrationError()).isCloseTo(0.05, within(1e-7));
    }

    @Test
    void areUndefinedWithoutActives() {
        BinaryMeasures measures = BinaryMeasures.of(column(0.3, 0.6), column(0, 0), 0);
        assertThat(measures.averagePrecision()).isNaN();
        assertThat(measures.rocAuc()).isNaN();
        assertThat(measures.positives()).isZero();
    }

    @Test
    void rowsWithoutALabelAreLeftOut() {
        BinaryMeasures measures = BinaryMeasures.of(column(0.9, 0.95, 0.1), column(1, NONE, 0), 0);
        assertThat(measures.rows()).isEqualTo(2);
        assertThat(measures.averagePrecision()).isEqualTo(1);
        assertThat(RegressionMeasures.of(column(1, 9, 2), column(1, NONE, 2), 0).rmse())
                .isZero();
    }

    @Test
    void binaryMeasuresAreThoseOfScikitLearn() {
        int n = 200;
        double[] p = new double[n];
        double[] y = new double[n];
        for (int i = 0; i < n; i++) {
            p[i] = i * 37 % 41 / 40.0;
            y[i] = (i * i * 7 + 3 * i) % 11 < 1 + 3 * (float) p[i] ? 1 : 0;
        }
        BinaryMeasures measures = BinaryMeasures.of(column(p), column(y), 0);
        assertThat(measures.rows()).isEqualTo(n);
        assertThat(measures.positives()).isEqualTo(81);
        assertThat(measures.averagePrecision()).isCloseTo(0.4729034181408636, within(1e-12));
        assertThat(measures.rocAuc()).isCloseTo(0.576771449320469, within(1e-12));
        assertThat(measures.brier()).isCloseTo(0.3014375000768343, within(1e-12));
        assertThat(measures.calibrationError()).isCloseTo(0.235999999912, within(1e-9));
        assertThat(measures.bins().get(9).count()).isEqualTo(25);
    }

    @Test
    void regressionMeasuresAreThoseOfScikitLearnAndScipy() {
        int n = 200;
        double[] v = new double[n];
        double[] w = new double[n];
        for (int i = 0; i < n; i++) {
            v[i] = i * 29 % 23 / 4.0;
            w[i] = v[i] * 0.5 + i * 17 % 13 / 2.0;
        }
        RegressionMeasures measures = RegressionMeasures.of(column(w), column(v), 0);
        assertThat(measures.rmse()).isCloseTo(2.6066021944286013, within(1e-12));
        assertThat(measures.mae()).isCloseTo(2.15125, within(1e-12));
        assertThat(measures.r2()).isCloseTo(-1.4595912974225311, within(1e-12));
        assertThat(measures.spearman()).isCloseTo(0.39940154378241793, within(1e-12));
    }

    @Test
    void theMeanExplainsNothing() {
        RegressionMeasures measures = RegressionMeasures.of(column(2, 2, 2), column(1, 2, 3), 0);
        assertThat(measures.r2()).isZero();
        assertThat(measures.mae()).isCloseTo(2.0 / 3, within(1e-12));
        assertThat(measures.spearman()).isNaN();
    }
}
