package io.solera.doctor;

import io.solera.model.Device;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Machines as they are, and with something missing. */
final class Machines {
    private static final Map<String, String> PROPERTIES = Map.of(
            "os.name",
            "Linux",
            "os.arch",
            "amd64",
            "java.version",
            "17.0.19",
            "java.specification.version",
            "17",
            "java.home",
            "/opt/java",
            "java.io.tmpdir",
            System.getProperty("java.io.tmpdir"),
            "user.home",
            System.getProperty("user.home"));

    private Machines() {}

    static Machine with(Map<String, String> environment, Map<String, String> properties, String... mounts) {
        Map<String, String> all = new HashMap<>(PROPERTIES);
        all.putAll(properties);
        return new Machine(environment, all, Mounts.of(List.of(mounts)), Device.CPU, List.<Path>of());
    }
}
