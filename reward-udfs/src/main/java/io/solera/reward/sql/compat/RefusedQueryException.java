package io.solera.reward.sql.compat;

import java.io.UncheckedIOException;
import java.util.function.Supplier;
import org.apache.spark.QueryContext;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.catalyst.trees.Origin;
import scala.Option;
import scala.collection.immutable.HashMap;

/**
 * A query that is refused when it is analysed. The spark-sql shell and the Thrift server print the message of an
 * {@link AnalysisException} without a cause in one line, and that of any other exception with its stack.
 */
public final class RefusedQueryException extends AnalysisException {
    private static final long serialVersionUID = 1;

    private final transient RuntimeException problem;

    private RefusedQueryException(RuntimeException problem) {
        super(
                String.valueOf(problem.getMessage()),
                Option.empty(),
                Option.empty(),
                Option.empty(),
                Option.empty(),
                new HashMap<>(),
                new QueryContext[0]);
        this.problem = problem;
    }

    /** What was found, which is not the cause: shells would print that too. */
    public RuntimeException problem() {
        return problem;
    }

    /** The message says what is wrong, and stays as it is. */
    @Override
    public AnalysisException withPosition(Origin origin) {
        return this;
    }

    /** The result of some work of the analysis; what it refuses becomes an exception of this kind. */
    public static <T> T analysed(Supplier<T> work) {
        try {
            return work.get();
        } catch (IllegalArgumentException | UncheckedIOException e) {
            throw RefusedQueryException.<RuntimeException>unchecked(new RefusedQueryException(e));
        }
    }

    /** Scala has no checked exceptions, and the methods of Spark that are implemented here declare none. */
    @SuppressWarnings("unchecked")
    private static <E extends Exception> RuntimeException unchecked(Exception problem) throws E {
        throw (E) problem;
    }
}
