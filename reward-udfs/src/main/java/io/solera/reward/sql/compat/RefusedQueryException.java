package io.solera.reward.sql.compat;

import java.io.UncheckedIOException;
import java.util.function.Supplier;
import org.apache.spark.QueryContext;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.catalyst.trees.Origin;
import scala.Option;
import scala.collection.immutable.HashMap;

/**
 * A query refused during analysis. The spark-sql shell and the Thrift server print an {@link AnalysisException} without
 * a cause as one line, and any other exception with its stack trace.
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

    /** The problem found; not set as the cause, since shells would print that too. */
    public RuntimeException problem() {
        return problem;
    }

    /** The message is complete and stays unchanged. */
    @Override
    public AnalysisException withPosition(Origin origin) {
        return this;
    }

    /** Runs part of the analysis; refusals become exceptions of this type. */
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
