package io.solera.score;

import io.solera.problem.RequestException;
import io.solera.store.storage.Deletion;
import io.solera.store.storage.Place;
import io.solera.table.file.MalformedTableException;
import io.solera.table.output.Mark;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The folder of a running scoring job: {@code plan}, the finished {@code parts} (one Parquet file each, committed
 * atomically by Spark) and their {@code tallies}. A part is finished when its file exists.
 */
final class ScoreFolder {
    private static final Pattern PART = Pattern.compile("part-(\\d+)(-.*)?\\.parquet");

    private static final String COMMAND = "score, a job in progress";
    private static final Set<String> OWN = Set.of(Mark.NAME, ".plan", "plan", "parts", "tallies", "publishing");

    private final FileSystem files;
    private final Path root;

    private ScoreFolder(FileSystem files, Path root) {
        this.files = files;
        this.root = root;
    }

    static ScoreFolder of(Path folder, Configuration configuration) throws IOException {
        FileSystem files = folder.getFileSystem(configuration);
        return new ScoreFolder(files, files.makeQualified(folder));
    }

    Path parts() {
        return new Path(root, "parts");
    }

    Path tallies() {
        return new Path(root, "tallies");
    }

    /** The plan of the job in progress here; empty if there is none. */
    Optional<ScorePlan> plan() throws IOException {
        try {
            return read(new Path(root, "plan")).map(ScorePlan::parse);
        } catch (IllegalArgumentException | IllegalStateException | IndexOutOfBoundsException e) {
            throw new MalformedTableException(
                    "Cannot read %s: it was not written by a scoring job (start again with --overwrite)"
                            .formatted(new Path(root, "plan")),
                    e);
        }
    }

    /** Whether the job had started to write its result. */
    boolean publishing() throws IOException {
        return files.exists(new Path(root, "publishing"));
    }

    void beginPublishing() throws IOException {
        write(new Path(root, "publishing"), "");
    }

    /**
     * Turns the parts into an ordinary folder: a file for each part that has rows, named by its number.
     */
    void tidy() throws IOException {
        Map<Integer, FileStatus> finished = finished();
        Set<Path> kept = finished.values().stream().map(FileStatus::getPath).collect(Collectors.toSet());
        for (FileStatus file : list(parts())) {
            if (!kept.contains(file.getPath())) {
                Deletion.below(files, root, file.getPath());
            }
        }
        for (Map.Entry<Integer, FileStatus> part : finished.entrySet()) {
            Path target = new Path(parts(), "part-%05d.parquet".formatted(part.getKey()));
            if (!part.getValue().getPath().getName().equals(target.getName())
                    && !files.rename(part.getValue().getPath(), target)) {
                throw new IOException("Cannot write %s: the file system refuses to rename".formatted(target));
            }
        }
    }

    /** Starts a job, replacing whatever was here. */
    void begin(ScorePlan plan) throws IOException {
        remove();
        Mark.unfinished(COMMAND).write(files, Mark.ofFolder(root));
        Path draft = new Path(root, ".plan");
        write(draft, plan.text());
        if (!files.rename(draft, new Path(root, "plan"))) {
            throw new IOException("Cannot write %s: the file system refuses to rename".formatted(root));
        }
    }

    void remove() throws IOException {
        requireOwn();
        Deletion.below(files, root.getParent(), root);
    }

    /** @throws IllegalArgumentException if there is such a folder that no scoring job made */
    void requireOwn() throws IOException {
        Optional<String> link = Place.link(files, root);
        if (link.isPresent() || (files.exists(root) && !isOwn())) {
            throw new RequestException(
                    ("Cannot score: %s is in the way and was not made by a scoring job (move it away, or give another "
                                    + "--output)")
                            .formatted(root));
        }
    }

    /** Whether the folder is empty, or contains a mark and only what a job writes there. */
    private boolean isOwn() throws IOException {
        if (!files.getFileStatus(root).isDirectory()) {
            return false;
        }
        List<FileStatus> entries = list(root);
        return entries.isEmpty()
                || (entries.stream()
                                .allMatch(entry -> OWN.contains(entry.getPath().getName()))
                        && Mark.read(files, Mark.ofFolder(root))
                                .filter(mark -> mark.command().equals(COMMAND))
                                .isPresent());
    }

    /** Finished parts by number. */
    Map<Integer, FileStatus> finished() throws IOException {
        TreeMap<Integer, FileStatus> finished = new TreeMap<>();
        for (FileStatus file : list(parts())) {
            Matcher name = PART.matcher(file.getPath().getName());
            if (name.matches() && file.isFile()) {
                // an attempt with nothing to do leaves an empty part 0 next to the finished one
                finished.merge(Integer.valueOf(name.group(1)), file, (a, b) -> a.getLen() >= b.getLen() ? a : b);
            }
        }
        return finished;
    }

    void tally(PartTally tally) {
        try {
            write(new Path(tallies(), String.valueOf(tally.part())), tally.line());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The tallies of the finished parts, in order. */
    List<PartTally> finishedTallies() throws IOException {
        return finished().keySet().parallelStream()
                .map(part -> new Path(tallies(), String.valueOf(part)))
                .map(this::readTally)
                .toList();
    }

    private PartTally readTally(Path file) {
        try {
            return PartTally.parse(read(file)
                    .orElseThrow(() -> new FileNotFoundException("Cannot read %s: no such file".formatted(file))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void write(Path file, String text) throws IOException {
        try (OutputStream out = files.create(file, true)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    private Optional<String> read(Path file) throws IOException {
        try (InputStream in = files.open(file)) {
            return Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (FileNotFoundException e) {
            return Optional.empty();
        }
    }

    private List<FileStatus> list(Path folder) throws IOException {
        try {
            return List.of(files.listStatus(folder));
        } catch (FileNotFoundException e) {
            return List.of();
        }
    }

    @Override
    public String toString() {
        return root.toString();
    }
}
