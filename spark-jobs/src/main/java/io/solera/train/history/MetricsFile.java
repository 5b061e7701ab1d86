package io.solera.train.history;

import io.solera.store.CommittedRound;
import io.solera.store.Rounds;
import io.solera.store.RunFolder;
import io.solera.store.storage.Content;
import io.solera.store.storage.UnwrittenFileException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * {@code metrics.jsonl} while its run grows. Lines are appended where the file system can do that. An object store
 * cannot: there the file is written again with them, which takes longer the longer it is, so at most every 30 seconds
 * and for a tenth of the time.
 */
public final class MetricsFile {
    private static final Duration EVERY = Duration.ofSeconds(30);
    private static final int PAUSE = 9;

    private final RunFolder folder;
    private final StringBuilder missing = new StringBuilder();
    private boolean whole;
    private boolean appends = true;
    private long earliest = System.nanoTime();

    public MetricsFile(RunFolder folder) {
        this.folder = folder;
    }

    /**
     * Makes the file from the rounds.
     *
     * @param last the last of them that it gets
     * @param visitor meets each of them
     * @throws UnwrittenFileException when every round was met, and the file is what it was
     */
    public void rebuild(int last, Rounds.Visitor visitor) throws IOException {
        Lines lines = new Lines(visitor);
        try {
            folder.rewrite(RunHistory.METRICS, out -> {
                lines.to(out);
                folder.rounds().each(0, last, lines);
                lines.requireWritten();
            });
        } catch (UnwrittenFileException e) {
            whole = false;
            if (!lines.begun()) {
                folder.rounds().each(0, last, visitor);
            }
            throw e;
        }
        missing.setLength(0);
        whole = true;
    }

    /** Lines of the rounds that a visitor meets, each once, whether or not they can be written. */
    private static final class Lines implements Rounds.Visitor {
        private final Rounds.Visitor visitor;
        private @Nullable OutputStream out;
        private @Nullable UnwrittenFileException failed;

        Lines(Rounds.Visitor visitor) {
            this.visitor = visitor;
        }

        void to(OutputStream file) {
            out = file;
        }

        boolean begun() {
            return out != null;
        }

        @Override
        public void visit(CommittedRound round) throws IOException {
            visitor.visit(round);
            byte[] lines = RoundRecord.of(round).text().getBytes(StandardCharsets.UTF_8);
            if (failed == null && out != null) {
                try {
                    out.write(lines);
                } catch (UnwrittenFileException e) {
                    failed = e;
                }
            }
        }

        void requireWritten() throws UnwrittenFileException {
            if (failed != null) {
                throw failed;
            }
        }
    }

    /**
     * Adds lines.
     *
     * @param round the last one with its lines
     * @param now whether the file is to have them at once, whatever that takes
     */
    public void add(String lines, int round, boolean now) throws IOException {
        missing.append(lines);
        if (missing.isEmpty() || (whole && appends && appended()) || (!now && System.nanoTime() - earliest < 0)) {
            return;
        }
        long begun = System.nanoTime();
        try {
            if (whole) {
                extend();
            } else {
                rebuild(round, each -> {});
            }
        } finally {
            long end = System.nanoTime();
            earliest = end + Math.max(EVERY.toNanos(), PAUSE * (end - begun));
        }
    }

    private boolean appended() {
        try {
            appends = folder.append(RunHistory.METRICS, Content.of(missing.toString()));
        } catch (IOException e) { // it may have a part of them now, and it is rebuilt without appending
            appends = false;
            whole = false;
        }
        if (appends) {
            missing.setLength(0);
        }
        return appends;
    }

    private void extend() throws IOException {
        folder.rewrite(RunHistory.METRICS, out -> {
            try (InputStream old = folder.open(RunHistory.METRICS)) {
                old.transferTo(out);
            }
            out.write(missing.toString().getBytes(StandardCharsets.UTF_8));
        });
        missing.setLength(0);
    }
}
