package io.solera.reward.sql;

import io.solera.problem.RequestException;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Expression;

/** The values of constant parameters. */
final class Constants {
    private Constants() {}

    /**
     * @param from index of the first constant parameter
     * @throws IllegalArgumentException if one depends on the row, or is NULL
     */
    static List<String> of(String function, List<Expression> parameters, int from) {
        List<String> constants = new ArrayList<>();
        for (Expression parameter : parameters.subList(Math.min(from, parameters.size()), parameters.size())) {
            constants.add(text(function, parameter));
        }
        return constants;
    }

    private static String text(String function, Expression parameter) {
        if (!parameter.foldable()) {
            throw new RequestException(
                    "Invalid argument: %s of %s (must be a constant)".formatted(parameter.sql(), function));
        }
        Object value = parameter.eval(InternalRow.empty());
        if (value == null) {
            throw new RequestException("Invalid argument: NULL of %s (must be a value)".formatted(function));
        }
        return value.toString();
    }
}
