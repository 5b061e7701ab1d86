package io.solera.reward.learned.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.solera.reward.learned.Calibration;
import io.solera.reward.learned.FeatureNetwork;
import io.solera.reward.learned.LabelledTexts;
import io.solera.reward.learned.NetworkWeights;
import io.solera.reward.learned.Task;
import io.solera.reward.learned.encoding.Features;
import io.solera.reward.molecule.fingerprint.Fingerprint;
import io.solera.rl.RandomKey;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TestNetworkTraining {
    private static final NetworkSettings SMALL = new NetworkSettings(List.of(16), 0.1, 3e-3, 1e-5, 1, 32, 12, 4, 7);

    /**
     * Random bits; the first task asks for bit 3, the second for the count of the first ten, the third is never
     * labelled.
     */
    private static LabelledTexts molecules(int from, int to, int tasks) {
        List<String> smiles = new ArrayList<>();
        List<Features> fingerprints = new ArrayList<>();
        float[][] labels = new float[to - from][tasks];
        for (int i = from; i < to; i++) {
            RandomKey key = RandomKey.of(11).with(i);
            long[] words = new long[Fingerprint.BITS / 64];
            for (int bit = 0; bit < 20; bit++) {
                if (key.uniform(bit) < 0.4) {
                    words[0] |= 1L << bit;
                }
            }
            smiles.add("molecule " + i);
            fingerprints.add(Features.Bits.ofFingerprint(words));
            labels[i - from][0] = (words[0] >>> 3) & 1;
            if (tasks > 1) {
                labels[i - from][1] = i % 3 == 0 ? Float.NaN : Long.bitCount(words[0] & 1023) >= 4 ? 1 : 0;
            }
        }
        return new LabelledTexts(smiles, fingerprints, labels);
    }

    private static NetworkTraining.Trained train(Task task, int tasks, NetworkSettings settings) {
        return new NetworkTraining(
                        task, molecules(0, 600, tasks), molecules(600, 800, tasks), settings, (epoch, loss, held) -> {})
                .train();
    }

    @Test
    void learnsTwoTasksOfWhichOneIsPartlyLabelled() {
        FeatureNetwork network = train(Task.CLASSIFICATION, 2, SMALL).network();
        LabelledTexts test = molecules(800, 1000, 2);
        float[][] predicted = network.predict(test.features());
        int right = 0;
        for (int i = 0; i < test.size(); i++) {
            right += (predicted[i][0] > 0.5) == (test.labels()[i][0] > 0.5) ? 1 : 0;
        }
        assertThat(right).isGreaterThan(190);
    }

    @Test
    void learnsValuesInTheirUnit() {
        LabelledTexts training = molecules(0, 600, 1);
        LabelledTexts validation = molecules(600, 800, 1);
        for (LabelledTexts part : List.of(training, validation)) {
            for (int i = 0; i < part.size(); i++) {
                part.labels()[i][0] = 100
                        + 10 * Long.bitCount(((Features.Bits) part.features().get(i)).words()[0] & 255);
            }
        }
        NetworkSettings settings = SMALL.epochs(60);
        FeatureNetwork network = new NetworkTraining(
                        Task.REGRESSION, training, validation, settings, (epoch, loss, held) -> {})
                .train()
                .network();
        float[][] predicted = network.predict(validation.features());
        double error = 0;
        for (int i = 0; i < validation.size(); i++) {
            error += Math.abs(predicted[i][0] - validation.labels()[i][0]) / validation.size();
        }
        assertThat(error).isLessThan(5);
    }

    @Test
    void theSameSeedGivesTheSameBits() {
        NetworkTraining.Trained first = train(Task.CLASSIFICATION, 1, SMALL);
        NetworkTraining.Trained second = train(Task.CLASSIFICATION, 1, SMALL);
        assertThat(second.network().weights().values())
                .isEqualTo(first.network().weights().values());
        assertThat(second.epochs()).isEqualTo(first.epochs());
    }

    @Test
    void aValueDoesNotDependOnTheMoleculesBesideIt() {
        FeatureNetwork network = train(Task.CLASSIFICATION, 1, SMALL).network();
        List<Features> all = molecules(0, 150, 1).features();
        float[][] together = network.predict(all);
        for (int i = 0; i < all.size(); i++) {
            assertThat(network.predict(List.of(all.get(i)))[0]).isEqualTo(together[i]);
        }
    }

    @Test
    void rescalingTheOutputIsCalibration() {
        Calibration half = new Calibration(new double[] {0.5}, new double[] {-1});
        NetworkWeights weights = train(Task.CLASSIFICATION, 1, SMALL).network().weights();
        List<Features> molecules = molecules(0, 20, 1).features();
        FeatureNetwork plain = new FeatureNetwork(Task.CLASSIFICATION, weights);
        FeatureNetwork scaled = plain.calibrated(half);
        float[][] p = plain.predict(molecules);
        float[][] q = scaled.predict(molecules);
        for (int i = 0; i < p.length; i++) {
            double z = Math.log(p[i][0] / (1 - p[i][0]));
            assertThat((double) q[i][0]).isCloseTo(1 / (1 + Math.exp(-(0.5 * z - 1))), within(1e-4));
        }
    }

    @Test
    void rejectsSettingsThatMakeNoSense() {
        assertThatThrownBy(() -> new NetworkSettings(List.of(16), 1, 1e-3, 0, 1, 32, 3, 2, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Invalid dropout: 1.0 (must be at least 0 and below 1)");
        assertThatThrownBy(() -> new NetworkTraining(
                        Task.CLASSIFICATION, molecules(0, 0, 1), molecules(0, 0, 1), SMALL, (epoch, loss, held) -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot train: there is nothing to learn from");
    }
}
