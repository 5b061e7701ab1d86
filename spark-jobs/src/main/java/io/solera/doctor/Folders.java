package io.solera.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Folders that native libraries are unpacked into, and that Spark and Java use for temporary files. */
final class Folders {
    /** PyTorch's libraries are 450 MB, ND4J's 150 MB. */
    private static final long ENOUGH_BYTES = 1L << 30;

    private static final String DJL = "DJL_CACHE_DIR";
    private static final String JAVA_CPP = "org.bytedeco.javacpp.cachedir";

    private Folders() {}

    /** Of Java: Parquet's compression and ONNX Runtime unpack native libraries there. */
    static Outcome temporary(Machine machine) {
        return outcome(
                machine,
                Path.of(machine.property("java.io.tmpdir")),
                true,
                "name another with -Djava.io.tmpdir=FOLDER (spark.driver.extraJavaOptions,"
                        + " spark.executor.extraJavaOptions)");
    }

    /** Of PyTorch, tokenizers and InChI. */
    static Outcome djl(Machine machine) {
        String named = machine.variable(DJL);
        String wayOut =
                "set %s to another (in the environment of the driver, and spark.executorEnv.%s)".formatted(DJL, DJL);
        return named == null ? inHome(machine, ".djl.ai", wayOut) : outcome(machine, Path.of(named), true, wayOut);
    }

    /** Of ND4J, which trains reward networks. */
    static Outcome javaCpp(Machine machine) {
        String named = machine.property(JAVA_CPP);
        String wayOut = "name another with -D%s=FOLDER (spark.driver.extraJavaOptions,".formatted(JAVA_CPP)
                + " spark.executor.extraJavaOptions)";
        return named.isEmpty()
                ? inHome(machine, ".javacpp/cache", wayOut)
                : outcome(machine, Path.of(named), true, wayOut);
    }

    /** Of Spark. */
    static Outcome spark(Machine machine) {
        List<String> fine = new ArrayList<>();
        for (Path folder : machine.sparkFolders()) {
            Outcome outcome = outcome(machine, folder, false, "name others with SPARK_LOCAL_DIRS or spark.local.dir");
            if (outcome.status() != Status.OK) {
                return outcome;
            }
            fine.add(outcome.words());
        }
        return Outcome.ok(String.join("; ", fine));
    }

    /** In a container the user may have no home: Java says {@code ?}. */
    private static Outcome inHome(Machine machine, String folder, String wayOut) {
        String home = machine.property("user.home");
        if (home.isEmpty() || home.equals("?") || !Files.isDirectory(Path.of(home))) {
            return Outcome.failed("this user has no home folder (%s)".formatted(home), wayOut);
        }
        return outcome(machine, Path.of(home, folder), true, wayOut);
    }

    private static Outcome outcome(Machine machine, Path folder, boolean programs, String wayOut) {
        Path there = folder.toAbsolutePath();
        while (there.getParent() != null && !Files.exists(there)) {
            there = there.getParent();
        }
        try {
            Path real = there.toRealPath();
            if (!Files.isDirectory(real)) {
                return Outcome.failed("%s is not a folder".formatted(real), wayOut);
            }
            if (!Files.isWritable(real)) {
                return Outcome.failed(
                        "%s: %s"
                                .formatted(
                                        folder,
                                        machine.mounts().isReadOnly(real)
                                                ? "its disk is mounted read-only"
                                                : "this user may not write to %s".formatted(real)),
                        wayOut);
            }
            if (programs && machine.mounts().refusesPrograms(real)) {
                return Outcome.failed(
                        "%s is mounted with noexec: native libraries do not load from there".formatted(folder), wayOut);
            }
            long free = Files.getFileStore(real).getUsableSpace();
            String room = "%s, %,d MiB free".formatted(folder, free >> 20);
            return free < ENOUGH_BYTES ? Outcome.warning(room, "make room, or " + wayOut) : Outcome.ok(room);
        } catch (IOException e) {
            return Outcome.failed("%s cannot be examined (%s)".formatted(folder, e.getMessage()), wayOut);
        }
    }
}
