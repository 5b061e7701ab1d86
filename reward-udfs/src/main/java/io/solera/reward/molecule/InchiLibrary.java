package io.solera.reward.molecule;

import io.github.dan2097.jnainchi.InchiFlag;
import io.github.dan2097.jnainchi.InchiInput;
import io.github.dan2097.jnainchi.InchiOptions;
import io.github.dan2097.jnainchi.JnaInchi;
import io.solera.problem.RunException;
import io.solera.text.NativeFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The InChI library, which is native code. Version 1.07.2 keeps its state in global variables
 * (https://github.com/IUPAC-InChI/InChI/issues/86: two threads crash each other), so a single thread of a JVM calls it,
 * with a stack large enough for its recursions.
 */
final class InchiLibrary {
    /** Where JNA unpacks native libraries. */
    private static final String UNPACKED = "jna.tmpdir";

    private static final long STACK_BYTES = 64L << 20;
    private static final long MAX_MILLISECONDS = 60_000;
    private static final ExecutorService THREAD = Executors.newSingleThreadExecutor(work -> {
        Thread thread = new Thread(null, work, "solera-inchi", STACK_BYTES);
        thread.setDaemon(true);
        return thread;
    });

    private static boolean loaded;

    private InchiLibrary() {}

    /** The standard InChI; empty if the library makes none. */
    static Optional<String> inchi(InchiInput input) {
        Future<Optional<String>> future = THREAD.submit(() -> {
            load();
            return compute(input);
        });
        try {
            return future.get();
        } catch (InterruptedException e) {
            future.cancel(false);
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Cannot make an InChI: interrupted", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IllegalStateException cause) {
                throw cause;
            }
            throw new IllegalStateException("Cannot make an InChI: " + e.getCause(), e);
        }
    }

    private static Optional<String> compute(InchiInput input) {
        InchiOptions options = new InchiOptions.InchiOptionsBuilder()
                .withFlag(InchiFlag.AuxNone, InchiFlag.NoWarnings)
                .withTimeoutMilliSeconds(MAX_MILLISECONDS)
                .build();
        String inchi = JnaInchi.toInchi(input, options).getInchi();
        return inchi == null || inchi.isEmpty() ? Optional.empty() : Optional.of(inchi);
    }

    private static void load() {
        if (!loaded) {
            String before = System.getProperty(UNPACKED);
            Path folder = before == null ? ofUser() : Path.of(before);
            try {
                unpackedIn(folder, JnaInchi::getJnaInchiVersion);
            } catch (IOException | LinkageError e) {
                throw new RunException(
                        ("Cannot load the InChI library from %s: %s (name a folder that may hold programs with "
                                        + "-D%s=FOLDER)")
                                .formatted(folder, e.getMessage(), UNPACKED),
                        e);
            }
            loaded = true;
        }
    }

    /** A folder next to those of the other native libraries. */
    private static Path ofUser() {
        String cache = System.getenv("DJL_CACHE_DIR");
        return (cache == null ? Path.of(System.getProperty("user.home"), ".djl.ai") : Path.of(cache)).resolve("jna");
    }

    /** Lets JNA unpack native libraries in a folder that nobody else can change; JNA removes them itself. */
    static void unpackedIn(Path folder, Runnable loading) throws IOException {
        Files.createDirectories(folder.toAbsolutePath().getParent());
        if (!Files.exists(folder)) {
            Files.createDirectory(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        NativeFolder.require(folder);
        String before = System.getProperty(UNPACKED);
        System.setProperty(UNPACKED, folder.toString());
        try {
            loading.run();
        } finally {
            if (before == null) {
                System.clearProperty(UNPACKED);
            } else {
                System.setProperty(UNPACKED, before);
            }
        }
    }
}
