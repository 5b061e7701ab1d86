package io.solera.jobs;

import io.solera.checkpoint.Gpt2Config;
import io.solera.checkpoint.ModelFolder;
import io.solera.checkpoint.Policy;
import io.solera.checkpoint.file.LocalFolder;
import io.solera.model.InitialWeights;
import io.solera.rl.RandomKey;
import io.solera.text.WordTokenizer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.SparkSession;

/** Commands run as a user runs them, in one Spark session of two cores. */
public final class Commands {
    /** What a command left behind. */
    public record Outcome(int code, String out, String err) {}

    private Commands() {}

    public static SparkSession session() {
        return SparkSession.builder()
                .master("local[2]")
                .appName("test")
                .config("spark.ui.enabled", "false")
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.sql.shuffle.partitions", "2")
                .getOrCreate();
    }

    public static Outcome run(String... arguments) {
        session();
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream told = new ByteArrayOutputStream();
        ByteArrayOutputStream complained = new ByteArrayOutputStream();
        try {
            System.setOut(new PrintStream(told, true, StandardCharsets.UTF_8));
            System.setErr(new PrintStream(complained, true, StandardCharsets.UTF_8));
            int code = SoleraCommand.execute(arguments);
            System.out.flush();
            return new Outcome(
                    code, told.toString(StandardCharsets.UTF_8), complained.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
    }

    /** A small policy that has learnt nothing. */
    public static Policy writeModel(Path folder) throws IOException {
        WordTokenizer tokenizer = WordTokenizer.smiles(List.of("CCO", "c1ccccc1N", "CC=O"));
        Gpt2Config config = Gpt2Config.of(tokenizer.vocabulary().size(), 16, 8, 1, 2);
        Policy policy = new Policy(config, tokenizer, InitialWeights.of(config, RandomKey.of(1)));
        ModelFolder.write(new LocalFolder(folder), policy);
        return policy;
    }
}
