package io.solera.store;

import com.google.gson.JsonObject;
import io.solera.store.storage.Storage;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/**
 * The rounds of a run folder, read-only. A round exists if its manifest parses and the manifest's hash matches. The
 * last manifest may be incomplete because a driver was killed: that round was not committed. Any other damage is an
 * error.
 */
public final class Rounds {
    static final String FOLDER = "rounds";
    /** The folders of a round that can be removed while the round stays. */
    static final List<String> PRUNED = List.of("policy", "state");
    /** As {@code %05d} writes it: no number has two names. */
    static final Pattern NUMBER = Pattern.compile("\\d{5}|[1-9]\\d{5,8}");

    private final Storage storage;
    private final Path path;

    Rounds(Storage storage) {
        this.storage = storage;
        this.path = new Path(storage.root(), FOLDER);
    }

    /** The rounds of a run that may still be running; nothing is locked or written. */
    public static Rounds of(String runFolder, Configuration configuration) throws IOException {
        Storage storage = RunFolder.storage(runFolder, configuration);
        if (!storage.exists(new Path(storage.root(), RunFolder.JOB))) {
            throw new RefusedRunException(
                    storage.shown(storage.root()), "it is not a run folder (%s is missing)".formatted(RunFolder.JOB));
        }
        return new Rounds(storage);
    }

    /** The last committed round, with all its files verified against the manifest. */
    public Optional<CommittedRound> last() throws IOException {
        Optional<CommittedRound> last = lastManifest();
        if (last.isPresent()) {
            last.get().verify();
        }
        return last;
    }

    /** Whether no round is committed, or was before it was damaged. */
    boolean isEmpty() throws IOException {
        try {
            return lastManifest().isEmpty();
        } catch (DamagedRunException e) { // said when the run is resumed, with the way back
            return false;
        }
    }

    /** All committed rounds; only their manifests are checked. */
    public List<CommittedRound> all() throws IOException {
        return from(0);
    }

    /** The committed rounds from this one on; only their manifests are checked. */
    public List<CommittedRound> from(int first) throws IOException {
        List<CommittedRound> rounds = new ArrayList<>();
        Optional<CommittedRound> last = lastManifest();
        if (last.isPresent() && last.get().round() >= first) {
            each(first, last.get().round() - 1, rounds::add);
            rounds.add(last.get());
        }
        return List.copyOf(rounds);
    }

    /** Meets a round. */
    public interface Visitor {
        void visit(CommittedRound round) throws IOException;
    }

    /** Reads the rounds from one to another, both included, one at a time; all of them are committed. */
    public void each(int first, int last, Visitor visitor) throws IOException {
        for (int round = first; round <= last; round++) {
            visitor.visit(read(round));
        }
    }

    /** One committed round; only its manifest is checked. */
    public CommittedRound read(int round) throws IOException {
        Path file = manifest(round);
        return parse(round)
                .orElseThrow(() -> new DamagedRunException(round, "%s is torn".formatted(storage.shown(file))));
    }

    /** The round, if its manifest exists and is complete. */
    public Optional<CommittedRound> find(int round) throws IOException {
        return storage.exists(manifest(round)) ? parse(round) : Optional.empty();
    }

    NavigableSet<Integer> numbers() throws IOException {
        NavigableSet<Integer> numbers = new TreeSet<>();
        for (FileStatus entry : storage.list(path)) {
            String name = entry.getPath().getName();
            if (entry.isDirectory() && NUMBER.matcher(name).matches()) {
                numbers.add(Integer.parseInt(name));
            }
        }
        return numbers;
    }

    Path folder(int round) {
        return new Path(path, "%05d".formatted(round));
    }

    Path manifest(int round) {
        return new Path(folder(round), Manifest.NAME);
    }

    Path work(int round) {
        return new Path(folder(round), "work");
    }

    Path pruned(int round) {
        return new Path(folder(round), "pruned.json");
    }

    private Optional<CommittedRound> lastManifest() throws IOException {
        return lastManifest((why, round, last) -> why);
    }

    /** What is to be said of a damaged round. */
    interface Damage {
        DamagedRunException of(DamagedRunException why, int round, int last) throws IOException;
    }

    Optional<CommittedRound> lastManifest(Damage damage) throws IOException {
        boolean mayBeTorn = true;
        for (int round : numbers().descendingSet()) {
            if (storage.exists(manifest(round))) {
                Optional<CommittedRound> found;
                try {
                    found = mayBeTorn ? parse(round) : Optional.of(read(round));
                } catch (DamagedRunException e) {
                    throw damage.of(e, round, round);
                }
                if (found.isPresent()) {
                    return found;
                }
                mayBeTorn = false;
            }
        }
        return Optional.empty();
    }

    /** Empty if the manifest is incomplete. */
    private Optional<CommittedRound> parse(int round) throws IOException {
        Path file = manifest(round);
        String text;
        try {
            text = new String(storage.read(file), StandardCharsets.UTF_8);
        } catch (FileNotFoundException e) {
            throw new DamagedRunException(round, "%s is missing".formatted(storage.shown(file)));
        }
        Optional<JsonObject> json = Manifest.parse(text);
        if (json.isEmpty()) {
            return Optional.empty();
        }
        Manifest manifest = Manifest.of(json.get(), round, storage.shown(file));
        return Optional.of(new CommittedRound(storage, folder(round), manifest, prunedFolders(round)));
    }

    private Set<String> prunedFolders(int round) throws IOException {
        Path file = pruned(round);
        Set<String> folders = new TreeSet<>();
        if (storage.exists(file)) {
            Optional<JsonObject> json = Manifest.parse(new String(storage.read(file), StandardCharsets.UTF_8));
            if (json.isPresent()) {
                folders.addAll(new ManifestJson(json.get(), round, storage.shown(file)).texts("pruned", PRUNED));
            }
        }
        return folders;
    }
}
