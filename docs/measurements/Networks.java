package io.solera.reward.learned.training;

import io.solera.reward.Reward;
import io.solera.reward.Score;
import io.solera.reward.learned.Domain;
import io.solera.reward.learned.FeatureNetwork;
import io.solera.reward.learned.LabelledTexts;
import io.solera.reward.learned.LearnedModel;
import io.solera.reward.learned.NetworkWeights;
import io.solera.reward.learned.Prediction;
import io.solera.reward.learned.Task;
import io.solera.reward.learned.encoding.Features;
import io.solera.rl.RandomKey;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Trained networks: how fast they score, and hours of training and of scoring. See networks.sh. */
final class Networks {
    private static final String[] FRAMES = {
        "c1ccc(%s)cc1", "C1CCC(%s)CC1", "c1ccc(%s)nc1", "c1ccc2[nH]cc(%s)c2c1", "O=C(N%s)c1ccccc1", "C1CCN(%s)CC1",
                "c1csc(%s)c1"
    };
    private static final String[] GROUPS = {"C", "CC", "OC", "N", "CN", "C(=O)O", "C(F)(F)F", "Cl", "S(=O)(=O)N", "C#N",
            "c1ccccc1"};

    public static void main(String[] arguments) throws Exception {
        switch (arguments[0]) {
            case "speed" -> speed();
            case "golden" -> golden();
            case "training" -> training(Double.parseDouble(arguments[1]));
            case "scoring" -> scoring(Double.parseDouble(arguments[1]), Integer.parseInt(arguments[2]));
            default -> throw new IllegalArgumentException("Invalid measurement: " + arguments[0]);
        }
        System.exit(0);
    }

    /**
     * Rows per second of one core's time: Deeplearning4j with 16 rows at once, as it scored before, and Solera's own.
     */
    private static void speed() throws Exception {
        for (String name : LearnedModel.SHIPPED) {
            LearnedModel model = LearnedModel.shipped(name);
            FeatureNetwork network = new FeatureNetwork(model.task(), model.weights());
            List<Features> rows = known(model);
            float[][] theirs = new float[rows.size()][];
            float[][] ours = network.predict(rows);
            double before = Nd4jThread.compute(() -> deeplearning4j(model, rows, theirs));
            double[] speeds = new double[100];
            for (int pass = 0; pass < speeds.length; pass++) {
                long start = processor();
                network.predict(rows);
                speeds[pass] = rows.size() * 1e9 / (processor() - start);
            }
            double now = median(speeds);
            double difference = 0;
            for (int i = 0; i < rows.size(); i++) {
                difference = Math.max(difference, Math.abs(ours[i][0] - theirs[i][0]));
            }
            print(
                    "%s: Deeplearning4j %.0f rows per second of one core, Solera %.0f, %.0f times; largest"
                            + " difference %.1e in %d rows",
                    name, before, now, now / before, difference, rows.size());
        }
    }

    /** The file of TestFeatureNetwork: every 29th known active of both networks, given to each. */
    private static void golden() throws IOException {
        List<Features> rows = new ArrayList<>();
        for (String name : LearnedModel.SHIPPED) {
            long[][] known = LearnedModel.shipped(name).known().get(0);
            for (int i = 0; i < known.length; i += 29) {
                rows.add(Features.Bits.ofFingerprint(known[i]));
            }
        }
        int whole = (rows.size() + 15) / 16 * 16;
        float[][][] values = new float[LearnedModel.SHIPPED.size()][whole][];
        List<Features> filled = new ArrayList<>(rows);
        while (filled.size() < whole) {
            filled.add(rows.get(0));
        }
        for (int k = 0; k < values.length; k++) {
            LearnedModel model = LearnedModel.shipped(LearnedModel.SHIPPED.get(k));
            float[][] outputs = values[k];
            Nd4jThread.compute(() -> deeplearning4j(model, filled, outputs));
        }
        print("# Deeplearning4j 1.0.0-M2.1: gsk3 and jnk3 on every 29th of the known actives of gsk3, then of"
                + " jnk3 (networks.sh golden)");
        for (int i = 0; i < rows.size(); i++) {
            print("%s\t%s", values[0][i][0], values[1][i][0]);
        }
    }

    private static double deeplearning4j(LearnedModel model, List<Features> rows, float[][] outputs) {
        NetworkWeights weights = model.weights();
        List<Integer> widths = weights.widths();
        int last = widths.size() - 1;
        MultiLayerNetwork network = Nd4jNetwork.untrained(
                model.task(), widths.get(0), widths.subList(1, last), widths.get(last), NetworkSettings.defaults());
        network.setParams(Nd4j.createFromArray(weights.values()).reshape(1, weights.values().length));
        double[] speeds = new double[5];
        try (INDArray input = Nd4j.create(DataType.FLOAT, 16, widths.get(0))) {
            for (int pass = 0; pass < speeds.length; pass++) {
                long start = processor();
                for (int row = 0; row + 16 <= rows.size(); row += 16) {
                    Nd4jNetwork.write(rows.subList(row, row + 16), input);
                    try (INDArray output = network.output(input, false)) {
                        for (int k = 0; k < 16; k++) {
                            outputs[row + k] = output.getRow(k).toFloatVector();
                        }
                    }
                    Nd4jThread.free();
                }
                speeds[pass] = rows.size() * 1e9 / (processor() - start);
            }
        }
        return median(speeds);
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }

    /** As many as fill batches of 16. */
    private static List<Features> known(LearnedModel model) {
        long[][] known = model.known().get(0);
        return Arrays.stream(known)
                .limit(known.length / 16 * 16)
                .<Features>map(Features.Bits::ofFingerprint)
                .toList();
    }

    private static long processor() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    /**
     * Trains networks of several shapes over and over, while garbage is collected twice a second; each must come out as
     * the first time.
     */
    private static void training(double minutes) {
        long begun = System.nanoTime();
        AtomicLong collections = new AtomicLong();
        garbage(collections);
        List<Callable<NetworkTraining.Trained>> shapes = List.of(
                () -> trained(Task.CLASSIFICATION, 2048, List.of(256), 2, true),
                () -> trained(Task.CLASSIFICATION, 2048, List.of(), 1, true),
                () -> trained(Task.REGRESSION, 400, List.of(64, 32), 1, true),
                () -> trained(Task.REGRESSION, 128, List.of(256), 3, false));
        float[][] first = new float[shapes.size()][];
        long trainings = 0;
        long different = 0;
        double told = 0;
        long start = resident();
        long most = start;
        while (minutes(begun) < minutes) {
            int shape = (int) (trainings % shapes.size());
            float[] weights = called(shapes.get(shape)).network().weights().values();
            if (first[shape] == null) {
                first[shape] = weights;
            } else if (!Arrays.equals(first[shape], weights)) {
                different++;
            }
            trainings++;
            if (trainings == 2 * shapes.size()) {
                start = resident();
            }
            most = Math.max(most, resident());
            if (minutes(begun) - told >= 1) {
                told = minutes(begun);
                print(
                        "%s training: %.0f min, %d trainings, %d steps, %d collections, %d differ, resident %d MiB",
                        LocalTime.now().truncatedTo(ChronoUnit.SECONDS), told, trainings, STEPS.get(),
                                collections.get(), different, resident());
            }
        }
        print(
                "RESULT training: %.1f minutes, %d trainings, %d steps, %d garbage collections, %d differ"
                        + " from the first of their kind, resident %d MiB after the first, at most %d MiB",
                minutes(begun), trainings, STEPS.get(), collections.get(), different, start, most);
    }

    private static final AtomicLong STEPS = new AtomicLong();

    private static NetworkTraining.Trained trained(Task task, int width, List<Integer> hidden, int tasks,
            boolean bits) {
        int rows = 2000;
        List<String> texts = new ArrayList<>();
        List<Features> features = new ArrayList<>();
        float[][] labels = new float[rows][tasks];
        for (int i = 0; i < rows; i++) {
            RandomKey key = RandomKey.of(width).with(i);
            float sum = 0;
            if (bits) {
                long[] words = new long[(width + 63) / 64];
                for (int k = 0; k < 40; k++) {
                    int bit = (int) (key.uniform(k) * width);
                    words[bit >>> 6] |= 1L << bit;
                }
                sum = Long.bitCount(words[0]);
                features.add(new Features.Bits(width, words));
            } else {
                float[] values = new float[width];
                for (int k = 0; k < width; k++) {
                    values[k] = (float) key.gaussian(k);
                }
                sum = values[0];
                features.add(new Features.Numbers(values));
            }
            texts.add("row " + i);
            for (int k = 0; k < tasks; k++) {
                labels[i][k] = task == Task.REGRESSION ? sum * (k + 1) : sum > 1 + k ? 1 : 0;
            }
        }
        LabelledTexts all = new LabelledTexts(texts, features, labels);
        int[] learnt = new int[rows - 200];
        int[] held = new int[200];
        Arrays.setAll(learnt, i -> i + 200);
        Arrays.setAll(held, i -> i);
        NetworkSettings settings = new NetworkSettings(hidden, 0.5, 1e-3, 1e-4, 1, 128, 6, 6, 7);
        return new NetworkTraining(
                        task, all.at(learnt), all.at(held), settings,
                        (epoch, loss, validation) -> STEPS.addAndGet(learnt.length / 128))
                .train();
    }

    /**
     * Scores with the shipped networks on several threads, while garbage is collected; every value must be the first
     * one.
     */
    private static void scoring(double minutes, int threads) throws Exception {
        long begun = System.nanoTime();
        AtomicLong collections = new AtomicLong();
        garbage(collections);
        List<String> smiles = new ArrayList<>();
        for (String frame : FRAMES) {
            for (String group : GROUPS) {
                smiles.add(frame.formatted(group));
            }
        }
        AtomicLong molecules = new AtomicLong();
        AtomicLong rows = new AtomicLong();
        AtomicLong different = new AtomicLong();
        ExecutorService tasks = Executors.newFixedThreadPool(threads);
        List<Future<?>> all = new ArrayList<>();
        List<Callable<Boolean>> works = new ArrayList<>();
        for (String name : LearnedModel.SHIPPED) {
            LearnedModel model = LearnedModel.shipped(name);
            List<Features> known = known(model);
            float[][] expected = new FeatureNetwork(model.task(), model.weights()).predict(known);
            List<Score> scores = new Prediction(model, "", Domain.ANYWHERE).score(smiles);
            works.add(() -> {
                // a fresh one has nothing in its cache
                Reward reward = new Prediction(model, "", Domain.ANYWHERE);
                different.addAndGet(reward.score(smiles).equals(scores) ? 0 : 1);
                molecules.addAndGet(smiles.size());
                float[][] again = new FeatureNetwork(model.task(), model.weights()).predict(known);
                different.addAndGet(Arrays.deepEquals(again, expected) ? 0 : 1);
                rows.addAndGet(known.size());
                return true;
            });
        }
        for (int i = 0; i < threads; i++) {
            all.add(tasks.submit(() -> {
                while (minutes(begun) < minutes) {
                    for (Callable<Boolean> work : works) {
                        work.call();
                    }
                }
                return true;
            }));
        }
        long most = 0;
        while (minutes(begun) < minutes) {
            Thread.sleep(TimeUnit.MINUTES.toMillis(1));
            most = Math.max(most, resident());
            print(
                    "%s scoring: %.0f min, %d molecules, %d fingerprints, %d collections, %d differ, resident %d MiB",
                    LocalTime.now().truncatedTo(ChronoUnit.SECONDS), minutes(begun), molecules.get(), rows.get(),
                            collections.get(), different.get(), resident());
        }
        for (Future<?> task : all) {
            task.get();
        }
        print(
                "RESULT scoring: %.1f minutes, %d molecules and %d fingerprints on %d threads, %d garbage"
                        + " collections, %d differ, resident at most %d MiB",
                minutes(begun), molecules.get(), rows.get(), threads, collections.get(), different.get(), most);
    }

    /** Collects often, as buffers are freed when their Java objects are found unreachable. */
    private static void garbage(AtomicLong collections) {
        Thread thread = new Thread(() -> {
            while (true) {
                System.gc();
                collections.incrementAndGet();
                try {
                    Thread.sleep(500);
                } catch (InterruptedException e) {
                    return;
                }
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private static <T> T called(Callable<T> work) {
        try {
            return work.call();
        } catch (Exception e) {
            throw new IllegalStateException("Cannot train: " + e.getMessage(), e);
        }
    }

    private static double minutes(long begun) {
        return (System.nanoTime() - begun) / 60e9;
    }

    private static long resident() {
        try {
            return Files.readAllLines(Path.of("/proc/self/status")).stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            return 0;
        }
    }

    private static void print(String form, Object... values) {
        System.out.println(String.format(Locale.ROOT, form, values));
    }
}
