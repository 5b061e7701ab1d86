package io.solera.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/**
 * What a request of {@code deploy/} gives to spark-submit, word for word, but for its addresses: a bucket is a folder
 * of this machine, and so is the folder of native libraries that a node's start script makes.
 *
 * @param heap of the driver
 * @param words options, the jar, arguments
 */
record CloudRequest(String heap, List<String> words) {
    /** The step of {@code emr/cluster.json}. */
    static CloudRequest emr(Path folder, Path natives, Map<String, String> parameters) throws Exception {
        JsonNode step = filled("emr", "cluster.json", folder, natives, parameters)
                .path("Steps")
                .path(0)
                .path("HadoopJarStep");
        List<String> words = texts(step.path("Args"));
        if (!words.get(0).equals("spark-submit") || !step.path("Jar").asText().equals("command-runner.jar")) {
            throw new IllegalStateException("Not a command of EMR's command-runner: " + step);
        }
        return new CloudRequest(words.get(words.indexOf("--driver-memory") + 1), words.subList(1, words.size()));
    }

    /** The job of {@code dataproc/job.json}, as Dataproc's agent submits it: properties are settings of Spark. */
    static CloudRequest dataproc(Path folder, Path natives, Map<String, String> parameters) throws Exception {
        JsonNode job = filled("dataproc", "job.json", folder, natives, parameters)
                .path("job")
                .path("sparkJob");
        List<String> words =
                new ArrayList<>(List.of("--class", job.path("mainClass").asText()));
        job.path("properties").properties().forEach(property -> {
            words.add("--conf");
            words.add(property.getKey() + "=" + property.getValue().asText());
        });
        words.addAll(texts(job.path("jarFileUris")));
        words.addAll(texts(job.path("args")));
        return new CloudRequest(
                job.path("properties").path("spark.driver.memory").asText(), words);
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    private static JsonNode filled(String place, String file, Path folder, Path natives, Map<String, String> parameters)
            throws Exception {
        Path filled = folder.resolve("filled-" + place);
        ProcessBuilder builder = new ProcessBuilder("bash", "fill.sh", place, filled.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("fill.txt").toFile());
        builder.environment().putAll(parameters);
        builder.environment().putAll(Map.of("BUCKET", "bucket", "PREFIX", "prefix"));
        if (builder.start().waitFor() != 0) {
            throw new IOException(Files.readString(folder.resolve("fill.txt")));
        }
        String text = Files.readString(filled.resolve(file))
                .replaceAll("(s3|gs)://bucket/prefix", folder.toUri().toString().replaceAll("/$", ""))
                .replaceAll("/mnt/solera|/opt/solera/natives", natives.toString());
        return new ObjectMapper().readTree(text);
    }
}
