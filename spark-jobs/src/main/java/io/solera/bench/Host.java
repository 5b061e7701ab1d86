package io.solera.bench;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.package$;

/** What a measurement was made on. */
public final class Host {
    private static final Path PROCESSOR = Path.of("/proc/cpuinfo");

    private Host() {}

    /** @param version of Solera */
    public static JsonObject json(String version) {
        JsonObject json = new JsonObject();
        json.addProperty("solera", version);
        json.addProperty("java", System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"));
        json.addProperty("spark", package$.MODULE$.SPARK_VERSION());
        json.addProperty("system", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        json.addProperty("architecture", System.getProperty("os.arch"));
        json.addProperty("processor", value(PROCESSOR, "model name"));
        json.addProperty("cores", Runtime.getRuntime().availableProcessors());
        return json;
    }

    private static String value(Path file, String key) {
        List<String> lines;
        try {
            lines = Files.readAllLines(file);
        } catch (IOException e) { // another system
            return "unknown";
        }
        return lines.stream()
                .filter(line -> line.startsWith(key))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse("unknown");
    }
}
