package io.solera.doctor;

import io.solera.model.Torch;
import io.solera.model.imported.OnnxNetwork;
import io.solera.reward.learned.training.Nd4jThread;
import io.solera.reward.molecule.InchiKey;
import io.solera.reward.molecule.smiles.Molecules;
import io.solera.text.HubTokenizer;
import io.solera.text.SpecialTokens;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.spark.SparkConf;
import org.apache.spark.io.CompressionCodec;
import org.apache.spark.io.SnappyCompressionCodec;
import org.apache.spark.io.ZStdCompressionCodec;

/** Native libraries, each loaded and made to do a little. */
final class Natives {
    private static final String WORDS = """
            {"version": "1.0", "added_tokens": [], "pre_tokenizer": {"type": "Whitespace"},
             "model": {"type": "WordLevel", "vocab": {"<end>": 0, "aging": 1, "wine": 2}, "unk_token": "<end>"}}""";
    private static final String ETHANOL = "LFQSCWFLJHTTHZ-UHFFFAOYSA-N";

    private Natives() {}

    static Outcome torch(Machine machine) {
        return Outcome.ok(Torch.version());
    }

    static Outcome tokenizers(Machine machine) throws IOException {
        HubTokenizer tokenizer = new HubTokenizer(
                WORDS, new HubTokenizer.Opened(WORDS, 100), 3, new SpecialTokens(null, List.of(0), 0), Map.of());
        int[] ids = tokenizer.encode("aging wine");
        return Arrays.equals(ids, new int[] {1, 2})
                ? Outcome.ok(version("native/lib/tokenizers.properties"))
                : wrong("ids", Arrays.toString(ids));
    }

    static Outcome nd4j(Machine machine) {
        return Outcome.ok(Nd4jThread.backend());
    }

    static Outcome onnx(Machine machine) {
        return Outcome.ok(OnnxNetwork.version());
    }

    static Outcome inchi(Machine machine) {
        String key = Molecules.read("CCO").optional().flatMap(InchiKey::of).orElse("none");
        return key.equals(ETHANOL) ? Outcome.ok("InChIKey of ethanol") : wrong("InChIKey of ethanol", key);
    }

    /** Spark's own: those of Parquet and of shuffles. */
    static Outcome compression(Machine machine) throws IOException {
        SparkConf conf = new SparkConf(false);
        for (CompressionCodec codec : List.of(new SnappyCompressionCodec(conf), new ZStdCompressionCodec(conf))) {
            ByteArrayOutputStream packed = new ByteArrayOutputStream();
            try (OutputStream out = codec.compressedOutputStream(packed)) {
                out.write(WORDS.getBytes(StandardCharsets.UTF_8));
            }
            try (InputStream in = codec.compressedInputStream(new ByteArrayInputStream(packed.toByteArray()))) {
                String back = new String(in.readAllBytes(), StandardCharsets.UTF_8);
                if (!back.equals(WORDS)) {
                    return wrong("text unpacked by " + codec.getClass().getSimpleName(), back);
                }
            }
        }
        return Outcome.ok("snappy, zstd");
    }

    private static String version(String resource) throws IOException {
        Properties properties = new Properties();
        try (InputStream in = Natives.class.getClassLoader().getResourceAsStream(resource)) {
            if (in != null) {
                properties.load(in);
            }
        }
        return properties.getProperty("version", "of an unknown version");
    }

    private static Outcome wrong(String what, String value) {
        return Outcome.failed("wrong %s: %s".formatted(what, value), "report it, with this machine's processor");
    }
}
