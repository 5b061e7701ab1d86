package io.solera.reward.outside;

import com.sun.management.OperatingSystemMXBean;
import io.solera.problem.RequestException;
import io.solera.reward.Reward;
import io.solera.reward.Score;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A reward computed in helper JVMs, one per calling thread, with the class path of this JVM: work that cannot be
 * interrupted can be killed there, and excessive memory use only affects the helper. Values are bit-identical.
 */
public final class Isolated implements Reward {
    private static final int MIN_HEAP = 16;
    /** Heap in MiB. */
    private static final int MAX_HEAP = 65_536;

    private final Reward reward;
    private final String name;
    private final Duration deadline;
    private final int batch;
    private final int megabytes;
    private final int processes;
    private transient @Nullable ProgramReward helper;

    /**
     * @param name in messages
     * @param deadline of a batch
     * @param batch maximum texts in a request
     * @param megabytes heap of a helper, in MiB
     * @param processes maximum concurrent helpers in a JVM; 0: as many as it has processors; never more than fit in the
     *     machine's memory
     */
    public Isolated(Reward reward, String name, Duration deadline, int batch, int megabytes, int processes) {
        if (megabytes < MIN_HEAP || megabytes > MAX_HEAP) {
            throw new RequestException(
                    "Invalid memory: %d (must be %d to %d MiB)".formatted(megabytes, MIN_HEAP, MAX_HEAP));
        }
        Program.requireProcesses(processes);
        this.reward = reward;
        this.name = name;
        this.deadline = deadline;
        this.batch = Batches.checked(batch);
        this.megabytes = megabytes;
        this.processes = processes;
    }

    @Override
    public List<Score> score(List<@Nullable String> texts) {
        return helper().score(texts);
    }

    @Override
    public @Nullable Reward domain() {
        Reward domain = reward.domain();
        return domain == null ? null : new Isolated(domain, "domain of " + name, deadline, batch, megabytes, processes);
    }

    @Override
    public boolean guardsItself() {
        return true;
    }

    @Override
    public List<String> problems() {
        return helper().problems();
    }

    private synchronized ProgramReward helper() {
        if (helper == null) {
            List<String> words = List.of(
                    Path.of(System.getProperty("java.home", ""), "bin", "java").toString(),
                    "-Xmx" + megabytes + "m",
                    "-XX:+UseSerialGC",
                    "-XX:+ExitOnOutOfMemoryError",
                    "-XX:+DisplayVMOutputToStderr",
                    "-cp",
                    ClassPath.of(reward.getClass()),
                    RewardProcess.class.getName());
            helper = new ProgramReward(
                    new Program(
                            name, words, packed(reward), Duration.ofMinutes(1), deadline, slots(processes, megabytes)),
                    batch);
        }
        return helper;
    }

    /** Number of concurrent helpers that fit in the machine's memory. */
    static int slots(int processes, int megabytes) {
        long memory =
                ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
        int wanted = processes == 0 ? Runtime.getRuntime().availableProcessors() : processes;
        return (int) Math.max(1, Math.min(wanted, memory / ((long) megabytes << 20)));
    }

    private static String packed(Reward reward) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(reward);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }

    static Reward unpacked(String line) throws IOException, ClassNotFoundException {
        byte[] bytes = Base64.getDecoder().decode(line);
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
            return (Reward) in.readObject();
        }
    }
}
