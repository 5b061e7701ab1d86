package io.solera.store.parquet;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * Rows of numbers, truth values, texts, and lists of them that have no nulls, in Parquet's terms. A list is an array, as
 * {@code RowFactory} takes it.
 */
final class RowSupport extends WriteSupport<Row> {
    /** Under which Spark keeps a file's schema as it had it. */
    private static final String SPARK = "org.apache.spark.sql.parquet.row.metadata";

    private static final String LIST = "list";
    private static final String ELEMENT = "element";

    private static final Map<DataType, PrimitiveTypeName> PRIMITIVES = Map.of(
            DataTypes.IntegerType, PrimitiveTypeName.INT32,
            DataTypes.LongType, PrimitiveTypeName.INT64,
            DataTypes.FloatType, PrimitiveTypeName.FLOAT,
            DataTypes.DoubleType, PrimitiveTypeName.DOUBLE,
            DataTypes.BooleanType, PrimitiveTypeName.BOOLEAN,
            DataTypes.StringType, PrimitiveTypeName.BINARY);

    private final StructType schema;
    private final MessageType message;
    private @Nullable RecordConsumer prepared;

    RowSupport(StructType schema) {
        this.schema = schema;
        List<Type> columns = new ArrayList<>();
        for (StructField field : schema.fields()) {
            columns.add(column(field));
        }
        message = new MessageType("spark_schema", columns);
    }

    @Override
    @SuppressWarnings("deprecation") // the newer one is not in the Parquet of Spark 3.5
    public WriteContext init(Configuration configuration) {
        return new WriteContext(message, Map.of(SPARK, schema.json()));
    }

    @Override
    public void prepareForWrite(RecordConsumer recordConsumer) {
        prepared = recordConsumer;
    }

    @Override
    public void write(Row row) {
        RecordConsumer consumer = Objects.requireNonNull(prepared);
        consumer.startMessage();
        for (int k = 0; k < schema.size(); k++) {
            StructField field = schema.apply(k);
            if (!row.isNullAt(k)) {
                consumer.startField(field.name(), k);
                if (field.dataType() instanceof ArrayType array) {
                    list(consumer, array.elementType(), (Object[]) row.get(k));
                } else {
                    value(consumer, field.dataType(), row.get(k));
                }
                consumer.endField(field.name(), k);
            } else if (!field.nullable()) {
                throw new IllegalStateException("Cannot write a row: its %s is null".formatted(field.name()));
            }
        }
        consumer.endMessage();
    }

    private static void list(RecordConsumer consumer, DataType type, Object[] values) {
        consumer.startGroup();
        if (values.length > 0) {
            consumer.startField(LIST, 0);
            for (Object value : values) {
                consumer.startGroup();
                consumer.startField(ELEMENT, 0);
                value(consumer, type, value);
                consumer.endField(ELEMENT, 0);
                consumer.endGroup();
            }
            consumer.endField(LIST, 0);
        }
        consumer.endGroup();
    }

    private static void value(RecordConsumer consumer, DataType type, Object value) {
        if (type.equals(DataTypes.IntegerType)) {
            consumer.addInteger((Integer) value);
        } else if (type.equals(DataTypes.LongType)) {
            consumer.addLong((Long) value);
        } else if (type.equals(DataTypes.FloatType)) {
            consumer.addFloat((Float) value);
        } else if (type.equals(DataTypes.DoubleType)) {
            consumer.addDouble((Double) value);
        } else if (type.equals(DataTypes.BooleanType)) {
            consumer.addBoolean((Boolean) value);
        } else {
            consumer.addBinary(Binary.fromString((String) value));
        }
    }

    private static Type column(StructField field) {
        Type.Repetition repetition = field.nullable() ? Type.Repetition.OPTIONAL : Type.Repetition.REQUIRED;
        if (field.dataType() instanceof ArrayType array) {
            if (array.containsNull()) {
                throw new IllegalArgumentException(
                        "Cannot write column %s: a list of it may hold nulls (%s)".formatted(field.name(), array));
            }
            Type element = single(array.elementType(), Type.Repetition.REQUIRED, ELEMENT);
            return Types.buildGroup(repetition)
                    .as(LogicalTypeAnnotation.listType())
                    .addField(Types.repeatedGroup().addField(element).named(LIST))
                    .named(field.name());
        }
        return single(field.dataType(), repetition, field.name());
    }

    private static Type single(DataType type, Type.Repetition repetition, String name) {
        PrimitiveTypeName primitive = PRIMITIVES.get(type);
        if (primitive == null) {
            throw new IllegalArgumentException("Cannot write column %s: its type is %s".formatted(name, type));
        }
        return type.equals(DataTypes.StringType)
                ? Types.primitive(primitive, repetition)
                        .as(LogicalTypeAnnotation.stringType())
                        .named(name)
                : Types.primitive(primitive, repetition).named(name);
    }
}
