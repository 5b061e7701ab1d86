package io.solera.doctor;

import io.solera.reward.sql.HadoopSettings;
import io.solera.store.storage.Content;
import io.solera.store.storage.Place;
import io.solera.store.storage.Publication;
import io.solera.store.storage.Storage;
import io.solera.store.storage.StoragePath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;

/**
 * What a run does with its folder, tried in a folder next to where its rounds would be: files are written, listed at
 * once, replaced, published only once, and deleted. That folder is always removed; {@link #close} reports if it cannot
 * be.
 */
final class RunFolderCheck implements AutoCloseable {
    static final String NAME = "run folder";
    static final String ONCE = "published once";
    private static final String POINTER = "pointer";
    private static final int WRITERS = 8;
    private static final String OTHER_STORAGE = "use another file system for runs, or never two drivers in one folder";
    private static final String PERMISSIONS =
            "give this user the rights to create, list, rename and delete files there, or name another folder with"
                    + " --run-dir";

    private final String shown;
    private final Storage storage;
    private final Scratch scratch;
    /** What is in the way of a folder; null: nothing. */
    private final @Nullable Path file;

    private RunFolderCheck(String shown, Storage storage, Scratch scratch, @Nullable Path file) {
        this.shown = shown;
        this.storage = storage;
        this.scratch = scratch;
        this.file = file;
    }

    /** @param folder of a run; it need not exist, and is not created */
    static RunFolderCheck of(String folder, Configuration configuration) throws IOException {
        Place place = Place.of(folder, configuration);
        Path root = place.path();
        // where folders exist apart from their files, the run's own would stay behind
        if (Publication.isOfFolders(place.files())) {
            while (root.getParent() != null && !place.files().exists(root)) {
                root = root.getParent();
            }
        }
        Path own = StoragePath.child(root, ".solera-doctor-" + UUID.randomUUID());
        Scratch scratch = new Scratch(HadoopSettings.of(configuration), own.toString());
        boolean inTheWay =
                place.files().exists(root) && !place.files().getFileStatus(root).isDirectory();
        return new RunFolderCheck(folder, Storage.of(root, configuration), scratch, inTheWay ? root : null);
    }

    /** For executors; it has the greeting once {@link #files} was asked. */
    Scratch scratch() {
        return scratch;
    }

    /** Whether files are written, listed, read and replaced. */
    Outcome files() {
        if (file != null) {
            return Outcome.failed(
                    "%s: %s is a file".formatted(shown, storage.shown(file)), "name another folder with --run-dir");
        }
        try {
            byte[] greeting = scratch.location().getBytes(StandardCharsets.UTF_8);
            storage.publish(scratch.file(Scratch.GREETING), out -> out.write(greeting));
            storage.replace(scratch.file(POINTER), Content.of("one"));
            storage.replace(scratch.file(POINTER), Content.of("other"));
            List<String> names = names();
            if (!names.equals(List.of(Scratch.GREETING, POINTER))) {
                return Outcome.failed(
                        "%s: a list right after writing has %s".formatted(shown, names),
                        "use storage whose lists are consistent");
            }
            String pointer = new String(storage.read(scratch.file(POINTER)), StandardCharsets.UTF_8);
            return pointer.equals("other")
                    ? Outcome.ok("%s: written, listed, read and replaced".formatted(shown))
                    : Outcome.failed(
                            "%s: a replaced file reads %s".formatted(shown, pointer),
                            "use storage that shows what was written last");
        } catch (IOException | RuntimeException e) {
            return refused(e);
        }
    }

    private Outcome refused(Exception problem) {
        Outcome said = KnownProblem.outcome(problem);
        return Outcome.failed(
                "%s: %s".formatted(shown, said.words()), said.wayOut().isEmpty() ? PERMISSIONS : said.wayOut());
    }

    /** Whether of writers that publish a file of one name at once one wins, and nothing of the others is seen. */
    Outcome publication() {
        if (storage.publication() == Publication.SINGLE_WRITER) {
            return Outcome.warning(
                    "%s: this file system cannot create a file only if there is none; a second driver is kept away by"
                                    .formatted(shown)
                            + " the lock alone",
                    "do not start two drivers in one folder at the same moment; s3a with Hadoop 3.4.2 or later (Spark"
                            + " 4.1) has conditional creates");
        }
        ExecutorService writers = Executors.newFixedThreadPool(WRITERS);
        try {
            List<Callable<Boolean>> all = new ArrayList<>();
            for (int i = 0; i < WRITERS; i++) {
                String name = "writer " + i;
                all.add(() -> storage.publish(scratch.file(ONCE), Content.of(name)));
            }
            int won = 0;
            for (Future<Boolean> each : writers.invokeAll(all)) {
                won += each.get() ? 1 : 0;
            }
            String read = new String(storage.read(scratch.file(ONCE)), StandardCharsets.UTF_8);
            return won == 1 && read.startsWith("writer ")
                    ? Outcome.ok("one of %d writers at once, %s".formatted(WRITERS, how()))
                    : Outcome.failed(
                            "%d of %d writers at once were told that they created a file".formatted(won, WRITERS),
                            OTHER_STORAGE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Outcome.failed("it was interrupted", "run it again");
        } catch (ExecutionException | IOException e) {
            return refused(e instanceof ExecutionException && e.getCause() instanceof Exception cause ? cause : e);
        } finally {
            writers.shutdownNow();
        }
    }

    private String how() {
        return switch (storage.publication()) {
            case LINK -> "by a hard link";
            case RENAME -> "by renaming";
            case CONDITIONAL_CREATE, EXCLUSIVE_CREATE, SINGLE_WRITER -> "by a condition of the store";
        };
    }

    /**
     * Whether exactly one executor's file is there.
     *
     * @param writers all that published
     */
    Outcome race(List<String> writers) {
        try {
            String read = new String(storage.read(scratch.file(Scratch.RACE)), StandardCharsets.UTF_8);
            long won = names().stream()
                    .filter(name -> name.startsWith(Scratch.WON))
                    .count();
            return writers.contains(read) && (won == 1 || storage.publication() == Publication.SINGLE_WRITER)
                    ? Outcome.ok("one of %d processes".formatted(writers.size()))
                    : Outcome.failed(
                            "%d of %d processes were told that they created a file".formatted(won, writers.size()),
                            OTHER_STORAGE);
        } catch (IOException e) {
            return refused(e);
        }
    }

    private List<String> names() throws IOException {
        return storage.list(StoragePath.of(scratch.location())).stream()
                .map(FileStatus::getPath)
                .map(Path::getName)
                .toList();
    }

    /** What is left, as it must not be; null: nothing. */
    @Nullable
    Outcome removed() {
        try {
            close();
            return names().isEmpty()
                    ? null
                    : Outcome.failed("%s was deleted, and is still listed".formatted(scratch.location()), PERMISSIONS);
        } catch (IOException e) {
            return Outcome.failed(
                    "%s cannot be deleted: %s".formatted(scratch.location(), e.getMessage()), PERMISSIONS);
        }
    }

    @Override
    public void close() throws IOException {
        if (file == null) {
            storage.delete(StoragePath.of(scratch.location()));
        }
    }
}
