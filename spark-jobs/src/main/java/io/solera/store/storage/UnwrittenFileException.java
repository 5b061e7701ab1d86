package io.solera.store.storage;

import io.solera.problem.Category;
import io.solera.problem.Problem;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Locale;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.security.AccessControlException;

/**
 * A file that could not be written, since the disk is full or the store refused. Whatever was committed before is
 * whole.
 */
public final class UnwrittenFileException extends IOException implements Problem {
    private static final String AGAIN = "run the same command again, with --resume where it has that";

    private UnwrittenFileException(String message, Throwable cause) {
        super(message, cause);
    }

    /**
     * @param shown the file
     * @param why as the file system says it; Hadoop reports a full local disk as an {@link FSError}
     */
    static UnwrittenFileException of(String shown, Throwable why) {
        if (why instanceof UnwrittenFileException known) {
            return known;
        }
        String text = text(why);
        String wayOut = isOfSpace(text) ? "make room there, then " + AGAIN : "once that works, " + AGAIN;
        return new UnwrittenFileException("Cannot write %s: %s (%s)".formatted(shown, text, wayOut), why);
    }

    /** The same of a temporary file, which may be elsewhere. */
    static UnwrittenFileException ofTemporary(Path file, IOException why) {
        return new UnwrittenFileException(
                "Cannot write temporary file %s: %s (make room there, or name another folder with %s; then %s)"
                        .formatted(file, text(why), PrivateFolder.WAY_OUT, AGAIN),
                why);
    }

    /** What is wrong, without what to do: of a file that the work continues without. */
    public String reason() {
        String message = String.valueOf(getMessage());
        return message.substring(0, message.lastIndexOf(" ("));
    }

    /** Whether nobody let us write there at all. */
    public boolean isDenied() {
        String text = String.valueOf(getMessage());
        return getCause() instanceof AccessDeniedException
                || getCause() instanceof AccessControlException
                || text.contains("Permission denied")
                || text.contains("Read-only file system");
    }

    private static boolean isOfSpace(String text) {
        return text.contains("No space left") || text.toLowerCase(Locale.ROOT).contains("quota");
    }

    @Override
    public Category category() {
        return Category.RUN;
    }

    /** The first line of the reason, without the names of files that the message has. */
    private static String text(Throwable why) {
        Throwable told = why instanceof FSError && why.getCause() != null ? why.getCause() : why;
        String message = told instanceof FileSystemException of && of.getReason() != null
                ? of.getReason()
                : String.valueOf(told.getMessage());
        String line = message.lines().findFirst().orElse("");
        if (told instanceof FileNotFoundException && line.endsWith(")") && line.contains(" (")) {
            line = line.substring(line.lastIndexOf(" (") + 2, line.length() - 1);
        }
        return line.isEmpty() || line.equals("null") ? told.getClass().getSimpleName() : line;
    }
}
