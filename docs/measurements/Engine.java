import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.solera.checkpoint.file.LocalFolder;
import io.solera.checkpoint.ModelFolder;
import io.solera.checkpoint.Policy;
import io.solera.model.Completion;
import io.solera.model.Generator;
import io.solera.model.Network;
import io.solera.model.SamplingSettings;
import io.solera.rl.RandomKey;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.LongStream;

/** What engine.sh measures of Solera, on one thread: samples per second, and the rate of matrix products. */
public final class Engine {
    private static final int LONGEST = 100;

    private Engine() {}

    public static void main(String[] arguments) throws Exception {
        double seconds = Double.parseDouble(arguments[1]);
        if (arguments[0].equals("product")) {
            product(seconds);
        } else {
            sample(arguments[0], Integer.parseInt(arguments[2]), seconds);
        }
    }

    private static void sample(String folder, int batch, double seconds) throws Exception {
        Policy policy = ModelFolder.read(new LocalFolder(Path.of(folder)));
        List<Double> wall = new ArrayList<>();
        List<Double> processor = new ArrayList<>();
        List<Integer> lengths = new ArrayList<>();
        try (Network network = Network.of(policy.config())) {
            network.set(policy.parameters());
            Generator generator =
                    new Generator(network, policy.tokenizer(), SamplingSettings.plain(LONGEST));
            long begun = System.nanoTime();
            for (int repeat = 0; (System.nanoTime() - begun) / 1e9 < seconds || repeat < 3; repeat++) {
                RandomKey key = RandomKey.of(repeat);
                long from = System.nanoTime();
                long busy = processorTime();
                List<Completion> drawn = generator.generate(
                        LongStream.range(0, batch).mapToObj(key::with).toList());
                if (repeat > 0) {
                    processor.add(batch * 1e9 / (processorTime() - busy));
                    wall.add(batch * 1e9 / (System.nanoTime() - from));
                    drawn.forEach(one -> lengths.add(one.tokens().length));
                }
            }
        }
        System.out.printf(
                Locale.ROOT,
                "solera-%d %.1f %.1f %.1f %d%n",
                batch,
                median(processor),
                median(wall),
                lengths.stream().mapToInt(Integer::intValue).average().orElseThrow(),
                lengths.stream().mapToInt(Integer::intValue).max().orElseThrow());
    }

    /** Of this thread, which is the only one that computes. */
    private static long processorTime() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
    }

    /** Square products that fit the cache, and those of a decoding step of the paper's QM9 policy. */
    private static void product(double seconds) {
        int[][] shapes = {{1024, 1024, 1024}, {128, 768, 2304}, {128, 768, 2048}, {64, 768, 2304}, {32, 768, 2048},
            {64, 256, 1024}, {1024, 768, 2048}};
        try (NDManager manager = NDManager.newBaseManager(null, "PyTorch")) {
            ai.djl.pytorch.jni.JniUtils.setNumThreads(1);
            ai.djl.pytorch.jni.JniUtils.setGradMode(false);
            for (int[] shape : shapes) {
                NDArray a = manager.randomNormal(new Shape(shape[0], shape[1]));
                NDArray b = manager.randomNormal(new Shape(shape[1], shape[2]));
                List<Double> rates = new ArrayList<>();
                long begun = System.nanoTime();
                while ((System.nanoTime() - begun) / 1e9 < seconds / shapes.length || rates.size() < 20) {
                    long from = processorTime();
                    a.matMul(b).close();
                    rates.add(2.0 * shape[0] * shape[1] * shape[2] / (processorTime() - from));
                }
                System.out.printf(Locale.ROOT, "product %s %.1f%n", Arrays.toString(shape), median(rates));
            }
        }
    }
}
