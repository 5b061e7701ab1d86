package io.solera.doctor;

import io.solera.model.Device;
import io.solera.train.rollout.TaskDevice;
import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.SparkEnv;
import org.jspecify.annotations.Nullable;

/**
 * What a process was given by its machine, as far as checks read it.
 *
 * @param properties of Java
 * @param device of the task that asks
 * @param sparkFolders where Spark spills and shuffles
 */
record Machine(
        Map<String, String> environment,
        Map<String, String> properties,
        Mounts mounts,
        Device device,
        List<Path> sparkFolders) {
    Machine {
        environment = Map.copyOf(environment);
        properties = Map.copyOf(properties);
        sparkFolders = List.copyOf(sparkFolders);
    }

    static Machine here() {
        Map<String, String> properties = new TreeMap<>();
        System.getProperties().forEach((key, value) -> properties.put(String.valueOf(key), String.valueOf(value)));
        SparkEnv spark = SparkEnv.get();
        return new Machine(
                System.getenv(),
                properties,
                Mounts.here(),
                TaskDevice.here(),
                spark == null
                        ? List.of()
                        : Arrays.stream(spark.blockManager().diskBlockManager().localDirs())
                                .map(File::toPath)
                                .toList());
    }

    @Nullable
    String variable(String name) {
        return environment.get(name);
    }

    String property(String name) {
        return properties.getOrDefault(name, "");
    }

    /** As natives are named: {@code linux-x86_64}, {@code linux-aarch64}, {@code osx-aarch64}. */
    String platform() {
        String system = property("os.name").toLowerCase(Locale.ROOT);
        String architecture = property("os.arch");
        return "%s-%s"
                .formatted(
                        system.startsWith("mac") ? "osx" : system.replaceAll(" .*", ""),
                        architecture.equals("amd64") ? "x86_64" : architecture);
    }
}
