package io.solera.store;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;

/** Small runs for the tests. */
public final class Runs {
    public static final String JOB = "seed: 1\npartitions: 2\n";

    private Runs() {}

    public static RunFolder open(Path folder) throws IOException {
        return open(folder.toString(), JOB);
    }

    /** The number of partitions is no part of a job's identity. */
    public static RunFolder open(String folder, String job) throws IOException {
        return RunFolder.open(folder, new Configuration(), job, text -> text.replaceAll("partitions: .*\n", ""));
    }

    public static RoundWriter write(RunFolder run, int round) throws IOException {
        RoundWriter writer = run.begin(round);
        try (OutputStream out = writer.folder("policy").create("model.safetensors")) {
            out.write(("weights of round " + round).getBytes(StandardCharsets.UTF_8));
        }
        try (OutputStream out = writer.folder("state/critics").create("qed.safetensors")) {
            out.write(new byte[] {1, 2, 3});
        }
        writer.write("blend.json", "{\"alpha\":[0.5,0.5]}");
        return writer;
    }

    public static CommittedRound commit(RunFolder run, int round) throws IOException {
        return write(run, round).commit(metrics(round));
    }

    public static JsonObject metrics(int round) {
        JsonObject metrics = new JsonObject();
        metrics.addProperty("qed", 0.5 + 0.01 * round);
        return metrics;
    }

    /** The driver that held a run is gone, though its process, which is this one, is not. */
    public static void leave(Path run) throws IOException {
        try (Stream<Path> locks = Files.list(run.resolve("lock"))) {
            for (Path lock :
                    locks.filter(file -> file.toString().endsWith(".json")).toList()) {
                Files.writeString(lock, Files.readString(lock).replaceAll("\"start\":\\d+", "\"start\":1"));
            }
        } catch (NoSuchFileException e) {
            // it did not come to hold it
        }
    }

    /** The files of a run, whatever its attempts are called. */
    public static List<String> shapes(Path run) throws IOException {
        return files(run).stream()
                .map(name -> name.replaceFirst("(rounds/\\d{5})/[0-9a-f]{8}/", "$1/attempt/"))
                .sorted()
                .toList();
    }

    static void truncate(Path file, int bytes) throws IOException {
        Files.writeString(file, Files.readString(file).substring(0, bytes));
    }

    /** All files below a folder, but for the lock's. */
    public static List<String> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString())
                    .filter(name -> !name.startsWith("lock/"))
                    .sorted()
                    .toList();
        }
    }
}
