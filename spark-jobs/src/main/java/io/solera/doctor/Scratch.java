package io.solera.doctor;

import io.solera.reward.sql.HadoopSettings;
import io.solera.store.storage.Content;
import io.solera.store.storage.Storage;
import io.solera.store.storage.StoragePath;
import java.io.IOException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.apache.hadoop.fs.Path;

/**
 * The folder of the doctor's own on the run folder's file system, as every process opens it.
 *
 * @param location of the folder
 */
record Scratch(HadoopSettings settings, String location) implements Serializable {
    static final String NAME = "run folder in tasks";

    /** What the driver writes, and everybody reads. */
    static final String GREETING = "greeting";
    /** What everybody publishes at once. */
    static final String RACE = "race";
    /** How files begin of those that were told that they published it. */
    static final String WON = "won-";

    private static final String WAY_OUT =
            "must be on storage that all machines share and this user may write to: hdfs:,"
                    + " s3a:, gs:, abfss:, or a network disk that each has at this path";

    Storage open() throws IOException {
        return Storage.of(StoragePath.of(location), settings.configuration());
    }

    Path file(String name) {
        return StoragePath.child(StoragePath.of(location), name);
    }

    /** Of an executor: reads what the driver wrote, and publishes what one of all may. */
    Outcome join(String writer) throws IOException {
        Storage storage = open();
        if (!storage.exists(file(GREETING))) {
            return Outcome.failed(
                    "this process does not see what the driver writes to %s".formatted(location), WAY_OUT);
        }
        String read = new String(storage.read(file(GREETING)), StandardCharsets.UTF_8);
        if (!read.equals(location)) {
            return Outcome.failed("this process reads something else than the driver wrote", WAY_OUT);
        }
        if (storage.publish(file(RACE), Content.of(writer))) {
            storage.publish(file(WON + UUID.randomUUID()), Content.of(writer));
        }
        return Outcome.ok("read and written");
    }
}
