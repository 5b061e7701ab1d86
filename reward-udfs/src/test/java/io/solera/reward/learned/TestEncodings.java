package io.solera.reward.learned;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonObject;
import io.solera.checkpoint.Gpt2Config;
import io.solera.checkpoint.Policy;
import io.solera.checkpoint.file.LocalFolder;
import io.solera.checkpoint.file.MalformedModelException;
import io.solera.model.Likelihood;
import io.solera.model.NetworkPool;
import io.solera.model.Sequence;
import io.solera.reward.Reward;
import io.solera.reward.Score;
import io.solera.reward.Status;
import io.solera.reward.learned.encoding.Alphabet;
import io.solera.reward.learned.encoding.Encoding;
import io.solera.reward.learned.encoding.Features;
import io.solera.reward.learned.encoding.HiddenState;
import io.solera.reward.learned.encoding.OneHot;
import io.solera.reward.learned.training.NetworkSettings;
import io.solera.reward.learned.training.NetworkTraining;
import io.solera.rl.BlockVector;
import io.solera.rl.RandomKey;
import io.solera.text.WordTokenizer;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestEncodings {
    private static final OneHot DNA = new OneHot(Alphabet.DNA, 5);
    private static final List<String> TEXTS =
            List.of("C", "CCO", "OCC", "C(=O)N", "CCCCCCCC", "NCCO", "C=C", "CC(N)O", "CCN", "C1CC1", "CNC");

    private static Policy policy(long seed) {
        WordTokenizer tokenizer = WordTokenizer.smiles(List.of("CCO(N)=1"));
        Gpt2Config config = Gpt2Config.of(tokenizer.vocabulary().size(), 16, 8, 1, 2);
        float[] values = new float[(int) config.layout().size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = 0.3f * (float) RandomKey.of(seed).gaussian(i);
        }
        return new Policy(config, tokenizer, BlockVector.of(values));
    }

    private static float[] row(Encoding encoding, String text) {
        float[] row = new float[encoding.width()];
        encoding.features(List.of(text)).get(0).write(row);
        return row;
    }

    @Test
    void eachLetterOfASequenceIsOneBit() {
        assertThat(row(DNA, "AcNT")).containsExactly(1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0);
        OneHot protein = new OneHot(Alphabet.PROTEIN, 4);
        float[] vdgv = row(protein, "VDGV");
        assertThat(vdgv).hasSize(80).contains(1, org.assertj.core.data.Index.atIndex(17));
        assertThat(vdgv[20 + 2] + vdgv[40 + 5] + vdgv[60 + 17]).isEqualTo(3);
        assertThat(protein.key("vdgx")).isEqualTo(Encoding.Key.of("VDGX"));
    }

    @Test
    void sequencesThatAreNoneAreRefused() {
        for (String text : Arrays.asList(null, "", "ACGU", "AC-T", "A C", "\u0131", "\ud83d\ude00")) {
            assertThat(DNA.key(text).status()).as(text).isEqualTo(Status.INVALID_INPUT);
        }
        assertThat(DNA.key("ACGTAC").status()).isEqualTo(Status.NOT_APPLICABLE);
        assertThatThrownBy(() -> new OneHot(Alphabet.DNA, 2001))
                .hasMessage("Invalid positions: 2001 (must be 1 to 2000)");
    }

    @Test
    void theHiddenStateIsThatOfTheWholeTextOrTheMean() {
        Policy policy = policy(3);
        int[] ids = policy.tokenizer().encode("CCO");
        int[] ended = Arrays.copyOf(ids, ids.length + 1);
        ended[3] = policy.tokenizer().special().end();
        float[] all;
        try (NetworkPool.Lease lease = NetworkPool.lease(policy.config())) {
            lease.network().set(policy.parameters().whole());
            all = new Likelihood(lease.network(), policy.tokenizer().special(), 1)
                    .hidden(Sequence.unprompted(policy.tokenizer().special(), List.of(ended)))[0];
        }
        assertThat(row(new HiddenState("p", policy, HiddenState.Pooling.LAST), "CCO"))
                .isEqualTo(Arrays.copyOfRange(all, 24, 32));
        float[] mean = row(new HiddenState("p", policy, HiddenState.Pooling.MEAN), "CCO");
        for (int k = 0; k < 8; k++) {
            assertThat(mean[k]).isCloseTo((all[8 + k] + all[16 + k] + all[24 + k]) / 3, within(1e-6f));
        }
    }

    @Test
    void aHiddenStateDoesNotDependOnTheTextsBesideIt() {
        HiddenState encoding = new HiddenState("p", policy(3), HiddenState.Pooling.MEAN);
        List<Features> together = encoding.features(TEXTS);
        for (int i = 0; i < TEXTS.size(); i++) {
            float[] row = new float[8];
            together.get(i).write(row);
            assertThat(row(encoding, TEXTS.get(i))).isEqualTo(row);
        }
    }

    /** A head that is trained on nothing but has different numbers. */
    private static LearnedModel head(Policy policy) {
        List<Integer> widths = List.of(8, 2);
        float[] values = new float[18];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) Math.sin(i);
        }
        HiddenState encoding = new HiddenState("models/p", policy, HiddenState.Pooling.LAST);
        return new LearnedModel(
                Task.REGRESSION, List.of("a", "b"), encoding, new NetworkWeights(widths, values), List.of());
    }

    @Test
    void aHeadIsALayerOnTheHiddenStateAndScoresAnyText() {
        Policy policy = policy(3);
        Reward reward = new Prediction(head(policy), "b", Domain.ANYWHERE);
        float[] state = row(new HiddenState("p", policy, HiddenState.Pooling.LAST), "CC(N)O");
        double expected = Math.sin(17);
        for (int k = 0; k < 8; k++) {
            expected += state[k] * Math.sin(8 + k);
        }
        List<Score> scores = reward.score(Arrays.asList("CC(N)O", null, "", "CBr", "?", "C".repeat(16)));
        assertThat(scores.get(0).value()).isCloseTo(expected, within(1e-5));
        assertThat(scores.subList(1, 6))
                .allSatisfy(score -> assertThat(score.status()).isEqualTo(Status.INVALID_INPUT));
        List<Score> together = reward.score(TEXTS);
        Reward fresh = new Prediction(head(policy), "b", Domain.ANYWHERE);
        for (int i = 0; i < TEXTS.size(); i++) {
            assertThat(fresh.score(List.of(TEXTS.get(i)))).containsExactly(together.get(i));
        }
        assertThat(together).doesNotHaveDuplicates();
        assertThat(reward.domain()).isNull();
    }

    @Test
    void aFolderKnowsItsPolicyByItsNumbers(@TempDir Path folder) throws IOException {
        Policy policy = policy(3);
        head(policy).write(new LocalFolder(folder), new JsonObject());
        List<String> asked = new ArrayList<>();
        LearnedModel read = LearnedModel.read(new LocalFolder(folder), name -> {
            asked.add(name);
            return policy;
        });
        assertThat(asked).containsExactly("models/p");
        assertThat(new Prediction(read, "a", Domain.ANYWHERE).score(TEXTS))
                .isEqualTo(new Prediction(head(policy), "a", Domain.ANYWHERE).score(TEXTS));
        assertThat(folder.resolve("fingerprints.bin.gz")).doesNotExist();
        assertThatThrownBy(() -> LearnedModel.read(new LocalFolder(folder), name -> policy(4)))
                .isInstanceOf(MalformedModelException.class)
                .hasMessageContaining("it was trained on another policy than models/p is now (SHA-256 ");
        assertThatThrownBy(() -> LearnedModel.read(new LocalFolder(folder)))
                .isInstanceOf(FileNotFoundException.class)
                .hasMessageContaining("it reads the hidden state of a policy, models/p (use it as head)");
    }

    @Test
    void aFolderGivesBackASequenceNetwork(@TempDir Path folder) throws IOException {
        float[] values = new float[21];
        values[0] = 1;
        values[6] = 2;
        values[20] = 0.5f;
        LearnedModel model = new LearnedModel(
                Task.REGRESSION, List.of("y"), DNA, new NetworkWeights(List.of(20, 1), values), List.of());
        model.write(new LocalFolder(folder), new JsonObject());
        Reward reward = new Prediction(LearnedModel.read(new LocalFolder(folder)), "", Domain.ANYWHERE);
        assertThat(reward.score(Arrays.asList("AGT", "ag", "TTT", "ACGTACGT", null, "xyz")))
                .containsExactly(
                        Score.of(3.5),
                        Score.of(3.5),
                        Score.of(0.5),
                        Score.missing(Status.NOT_APPLICABLE),
                        Score.missing(Status.INVALID_INPUT),
                        Score.missing(Status.INVALID_INPUT));
        assertThatThrownBy(() -> new Prediction(model, "", new Domain(Domain.Rule.FILTER, 0.5)))
                .hasMessage("Invalid domain: filter (must be none: the folder has no sequences.txt.gz; train the"
                        + " network again)");
        assertThatThrownBy(() -> Prediction.applicability(model, ""))
                .hasMessage("Invalid model: it reads one-hot dna sequences of up to 5 letters (must be of"
                        + " fingerprints, or of sequences with sequences.txt.gz)");
    }

    @Test
    void aNetworkOnNumbersLearnsTwoTasksWhateverTheirScale() {
        List<String> texts = new ArrayList<>();
        List<Features> features = new ArrayList<>();
        float[][] labels = new float[500][];
        for (int i = 0; i < 500; i++) {
            RandomKey key = RandomKey.of(5).with(i);
            float x = 1000 + 100 * (float) key.gaussian(0);
            float y = 1e-3f * (float) key.gaussian(1);
            texts.add("text " + i);
            features.add(new Features.Numbers(new float[] {x, y, 7}));
            labels[i] = new float[] {x / 100, i % 4 == 0 ? Float.NaN : 5 - 2000 * y};
        }
        LabelledTexts all = new LabelledTexts(texts, features, labels);
        NetworkSettings settings = new NetworkSettings(List.of(), 0, 3e-2, 0, 1, 32, 40, 40, 7);
        FeatureNetwork network = new NetworkTraining(
                        Task.REGRESSION, all, all.at(new int[] {0, 1, 2, 3, 5}), settings, (epoch, loss, held) -> {})
                .train()
                .network();
        float[][] predicted = network.predict(features.subList(0, 20));
        for (int i = 0; i < 20; i++) {
            assertThat(predicted[i][0]).isCloseTo(labels[i][0], within(0.1f));
            if (i % 4 != 0) {
                assertThat(predicted[i][1]).isCloseTo(labels[i][1], within(0.2f));
            }
        }
    }
}
