package io.solera.table.compat;

import java.util.function.UnaryOperator;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;

/** Changes what is inside of lists and maps; Spark's own methods take functions of Scala. */
public final class Nested {
    private Nested() {}

    /** Of each element of a list. */
    public static Column elements(Column list, UnaryOperator<Column> change) {
        return functions.transform(list, element -> change.apply(element));
    }

    /** Of each key of a map. */
    public static Column keys(Column map, UnaryOperator<Column> change) {
        return functions.transform_keys(map, (key, value) -> change.apply(key));
    }

    /** Of each value of a map. */
    public static Column values(Column map, UnaryOperator<Column> change) {
        return functions.transform_values(map, (key, value) -> change.apply(value));
    }
}
