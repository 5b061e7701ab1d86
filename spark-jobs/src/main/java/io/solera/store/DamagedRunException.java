package io.solera.store;

import com.google.gson.JsonParseException;
import io.solera.problem.Category;
import io.solera.problem.Problem;
import java.io.IOException;
import java.time.DateTimeException;

/** A damaged run folder: a round whose files do not match its manifest, or a file that no run would write. */
public final class DamagedRunException extends IOException implements Problem {
    /** Code that reads values from a run's files. */
    public interface Reading<T> {
        T read() throws IOException;
    }

    DamagedRunException(int round, String why) {
        super("Cannot read round %d: %s".formatted(round, why));
    }

    private DamagedRunException(DamagedRunException of, String wayOut) {
        super("%s (%s)".formatted(of.getMessage(), wayOut), of);
    }

    private DamagedRunException(String location, String why) {
        super("Cannot read %s: %s; if nobody changed it, please report it".formatted(location, why));
    }

    private DamagedRunException(String location, RuntimeException cause) {
        super(
                ("Cannot read %s: a value is missing, or is not of the type that a run writes (%s); if nobody changed "
                                + "it, please report it")
                        .formatted(location, cause.getClass().getSimpleName()),
                cause);
    }

    /** The same with what to do about it. */
    DamagedRunException with(String wayOut) {
        return new DamagedRunException(this, wayOut);
    }

    @Override
    public Category category() {
        return Category.DATA;
    }

    /**
     * @param location of the file
     * @param why naming the key
     */
    public static DamagedRunException of(String location, String why) {
        return new DamagedRunException(location, why);
    }

    /**
     * Reads values with accessors that throw if a value has another type, which means that somebody changed the file.
     *
     * @param location of the file or folder, for the message
     */
    public static <T> T reading(String location, Reading<T> reading) throws IOException {
        try {
            return reading.read();
        } catch (ClassCastException
                | IllegalStateException
                | UnsupportedOperationException
                | NullPointerException
                | IndexOutOfBoundsException
                | ArithmeticException
                | NegativeArraySizeException
                | JsonParseException
                | DateTimeException e) {
            throw new DamagedRunException(location, e);
        } catch (NumberFormatException e) {
            throw new DamagedRunException(location, e);
        }
    }
}
