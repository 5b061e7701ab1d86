package io.solera.track;

import io.solera.store.RunFolder;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * TensorBoard's event file in the run folder. Its bytes are decided by the rounds, and by the time in its first record,
 * so that a resumed run continues the same file where it ends, in the middle of a record too, and no step is there
 * twice. A file that is not the beginning of what the rounds say is replaced. It grows by appending; on an object
 * store, which cannot append, it is written again.
 */
final class TensorBoard implements Tracker {
    static final String FILE = RunFolder.TENSORBOARD + "/events.out.tfevents.solera";

    private final TrackedRun run;
    private Timeline timeline = new Timeline();
    private double start;
    private int next;
    private boolean known;

    TensorBoard(TrackedRun run) {
        this.run = run;
    }

    @Override
    public void reach(int round) throws IOException {
        byte[] rest = known ? new byte[0] : missing(round);
        known = false;
        if (next == 0) {
            run.folder().rewrite(FILE, out -> {
                out.write(EventBytes.head(start));
                write(out, round);
            });
        } else if (rest.length > 0 || next <= round) {
            int first = next;
            Timeline before = timeline.copy();
            if (!run.folder().append(FILE, out -> grow(out, rest, round))) {
                next = first;
                timeline = before;
                run.folder().rewrite(FILE, out -> {
                    try (InputStream old = run.folder().open(FILE)) {
                        old.transferTo(out);
                    }
                    grow(out, rest, round);
                });
            }
        }
        known = true;
    }

    @Override
    public void end(boolean done) {
        // the file has no end
    }

    private void grow(OutputStream out, byte[] rest, int round) throws IOException {
        out.write(rest);
        write(out, round);
    }

    /** Writes the rounds from the next one to this one. */
    private void write(OutputStream out, int round) throws IOException {
        for (; next <= round; next++) {
            out.write(events(next));
        }
    }

    private byte[] events(int round) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (Scalars scalars : timeline.add(run.round(round))) {
            bytes.writeBytes(EventBytes.event(start, scalars));
        }
        return bytes.toByteArray();
    }

    /**
     * Compares the file with the rounds, and sets the next round. Returns what it lacks of the round before that; with
     * no file, or with another one, the next round is 0.
     */
    private byte[] missing(int round) throws IOException {
        again(System.currentTimeMillis() / 1000.0);
        try (InputStream file = run.folder().open(FILE)) {
            OptionalDouble time = EventBytes.start(file.readNBytes(EventBytes.HEAD));
            if (time.isEmpty()) {
                return new byte[0];
            }
            start = time.getAsDouble();
            while (next <= round) {
                byte[] wanted = events(next);
                byte[] found = file.readNBytes(wanted.length);
                if (!Arrays.equals(found, 0, found.length, wanted, 0, found.length)) {
                    break;
                }
                next++;
                if (found.length < wanted.length) {
                    return Arrays.copyOfRange(wanted, found.length, wanted.length);
                }
            }
            if (next <= round || file.read() >= 0) {
                again(start);
            }
            return new byte[0];
        } catch (FileNotFoundException e) {
            return new byte[0];
        }
    }

    private void again(double time) {
        timeline = new Timeline();
        next = 0;
        start = time;
    }
}
