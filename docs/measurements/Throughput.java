import io.solera.checkpoint.file.Folder;
import io.solera.checkpoint.Policy;
import io.solera.reward.Reward;
import io.solera.reward.Score;
import io.solera.reward.catalogue.Resources;
import io.solera.reward.catalogue.RewardCall;
import io.solera.reward.catalogue.RewardCatalogue;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Scores the last molecules of a file by one thread, after all before them as a warm-up: FILE COUNT. See throughput.sh.
 */
class Throughput {
    private static final List<String> CALLS = List.of("qed", "sa", "logp", "tpsa", "alerts");
    private static final int BATCH = 500;

    private static final Resources NOTHING = new Resources() {
        @Override
        public Policy policy(String name) throws IOException {
            throw new IOException("no policy");
        }

        @Override
        public Folder folder(String path) throws IOException {
            throw new IOException("no folder");
        }

        @Override
        public InputStream open(String path) throws IOException {
            throw new IOException("no file");
        }
    };

    public static void main(String[] arguments) throws IOException {
        List<String> smiles = Files.readAllLines(Path.of(arguments[0]));
        int start = smiles.size() - Integer.parseInt(arguments[1]);
        List<Reward> rewards = new ArrayList<>();
        for (String call : CALLS) {
            rewards.add(RewardCatalogue.create(RewardCall.parse(call), NOTHING));
        }
        score(rewards, smiles.subList(0, start));
        List<String> measured = smiles.subList(start, smiles.size());
        var threads = ManagementFactory.getThreadMXBean();
        long wall = System.nanoTime();
        long cpu = threads.getCurrentThreadCpuTime();
        double sum = score(rewards, measured);
        System.out.printf(
                "solera %.1f %.1f %.6f%n",
                measured.size() * 1e9 / (threads.getCurrentThreadCpuTime() - cpu),
                measured.size() * 1e9 / (System.nanoTime() - wall),
                sum / measured.size());
    }

    private static double score(List<Reward> rewards, List<String> smiles) {
        double sum = 0;
        for (int from = 0; from < smiles.size(); from += BATCH) {
            List<String> batch = smiles.subList(from, Math.min(smiles.size(), from + BATCH));
            for (Reward reward : rewards) {
                for (Score score : reward.score(new ArrayList<>(batch))) {
                    sum += score.present() ? score.value() : 0;
                }
            }
        }
        return sum;
    }
}
