package io.solera.table.compat;

import java.util.function.UnaryOperator;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;

/** Transforms the elements of lists and maps; Spark's own methods take Scala functions. */
public final class Nested {
    private Nested() {}

    /** Each element of a list. */
    public static Column elements(Column list, UnaryOperator<Column> change) {
        return functions.transform(list, element -> change.apply(element));
    }

    /** Each key of a map. */
    public static Column keys(Column map, UnaryOperator<Column> change) {
        return functions.transform_keys(map, (key, value) -> change.apply(key));
    }

    /** Each value of a map. */
    public static Column values(Column map, UnaryOperator<Column> change) {
        return functions.transform_values(map, (key, value) -> change.apply(value));
    }
}
