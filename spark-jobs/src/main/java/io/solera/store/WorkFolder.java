package io.solera.store;

import io.solera.checkpoint.StoredVector;
import io.solera.reward.sql.HadoopSettings;
import io.solera.store.storage.Content;
import io.solera.store.storage.Storage;
import io.solera.store.storage.StoragePath;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;

/**
 * A folder that tasks read and write, such as the states between the steps of a round, {@code <expert>/<step>}, each
 * one immutable object. It is serialised to tasks: a repeated or speculative task finds the object written by the first
 * one, which has the same bytes.
 */
public final class WorkFolder implements StoredVector.Source {
    private static final long serialVersionUID = 1;
    private static final int BUFFER = 1 << 16;

    /** What this process made last: reading the XML files of Hadoop takes longer than a small task's work. */
    private static volatile @Nullable Made last;

    private record Made(HadoopSettings settings, Configuration configuration) {}

    private final String uri;
    private final HadoopSettings settings;
    private transient @Nullable Storage storage;

    private WorkFolder(String uri, HadoopSettings settings) {
        this.uri = uri;
        this.settings = settings;
    }

    /** A folder that tasks read and write with the driver's settings. */
    public static WorkFolder of(String uri, Configuration configuration) {
        return new WorkFolder(uri, HadoopSettings.of(configuration));
    }

    /** Another folder of the same file system. */
    WorkFolder at(String otherUri) {
        return new WorkFolder(otherUri, settings);
    }

    /** Writes an object atomically, once; an existing one is kept, and the content is not computed. */
    public void writeOnce(String name, Content content) throws IOException {
        publish(name, content, false);
    }

    /** The same; the hash is taken while it is written. Empty if it existed, when nobody here knows its hash. */
    public Optional<StoredFile> writeHashedOnce(String name, Content content) throws IOException {
        AtomicReference<StoredFile> file = new AtomicReference<>();
        boolean written = publish(
                name,
                out -> {
                    HashingStream hashing = new HashingStream(out);
                    content.writeTo(hashing);
                    file.set(hashing.file(name));
                },
                true);
        return written ? Optional.ofNullable(file.get()) : Optional.empty();
    }

    public InputStream open(String name) throws IOException {
        Storage storage = storage();
        Path file = new Path(storage.root(), name);
        try {
            return new BufferedInputStream(storage.files().open(file), BUFFER);
        } catch (FileNotFoundException e) {
            throw new FileNotFoundException("Cannot open %s: there is no such state".formatted(storage.shown(file)));
        }
    }

    /** Bytes of an object from a position on; the file is not read up to there. */
    @Override
    public void read(String name, long position, byte[] into) throws IOException {
        Storage storage = storage();
        try (FSDataInputStream in = storage.files().open(new Path(storage.root(), name))) {
            in.readFully(position, into);
        }
    }

    /** Deletes an object, or a folder of objects. */
    public void delete(String name) throws IOException {
        Storage storage = storage();
        storage.delete(new Path(storage.root(), name));
    }

    public boolean exists(String name) throws IOException {
        Storage storage = storage();
        return storage.exists(new Path(storage.root(), name));
    }

    @Override
    public String toString() {
        return "WorkFolder[" + uri + "]";
    }

    /** Whether this wrote it. */
    private boolean publish(String name, Content content, boolean synced) throws IOException {
        Storage storage = storage();
        Path target = new Path(storage.root(), name);
        if (storage.exists(target)) {
            return false;
        }
        storage.files().mkdirs(target.getParent());
        return storage.publishSame(
                target,
                out -> {
                    OutputStream buffered = new BufferedOutputStream(out, BUFFER);
                    content.writeTo(buffered);
                    buffered.flush();
                },
                synced);
    }

    private Storage storage() throws IOException {
        Storage known = storage;
        if (known == null) {
            known = Storage.of(StoragePath.of(uri), configuration(settings));
            storage = known;
        }
        return known;
    }

    private static Configuration configuration(HadoopSettings settings) {
        Made made = last;
        if (made == null || !made.settings.equals(settings)) {
            made = new Made(settings, settings.configuration());
            last = made;
        }
        return made.configuration;
    }
}
