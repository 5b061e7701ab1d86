package io.solera.table;

import io.solera.table.file.MalformedTableException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntervalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;
import org.jspecify.annotations.Nullable;

/** What the values of a column of Parquet are, where Spark does not read them itself. */
enum ParquetValue {
    /** Spark's own. */
    PLAIN,
    /** Two bytes, a float of IEEE 754's binary16. */
    HALF,
    /** 16 bytes, a text of hexadecimal digits. */
    UUID,
    /** Nanoseconds since 1970 in no time zone. */
    NANOSECONDS,
    /** Nanoseconds since 1970 in UTC. */
    NANOSECONDS_UTC;

    private static final long BILLION = 1_000_000_000L;

    /**
     * @param meaning as {@link ParquetFooter} numbers it
     * @throws IllegalArgumentException why Spark has no such values, and what to do
     */
    static ParquetValue of(PrimitiveType type, int meaning) {
        if (meaning == ParquetFooter.FLOAT16 && type.getTypeLength() == Short.BYTES) {
            return HALF;
        }
        if (meaning == ParquetFooter.UUID && type.getTypeLength() == 2 * Long.BYTES) {
            return UUID;
        }
        LogicalTypeAnnotation logical = type.getLogicalTypeAnnotation();
        if (logical instanceof TimestampLogicalTypeAnnotation time && time.getUnit() == TimeUnit.NANOS) {
            return time.isAdjustedToUTC() ? NANOSECONDS_UTC : NANOSECONDS;
        }
        if (logical instanceof DecimalLogicalTypeAnnotation decimal
                && decimal.getPrecision() > DecimalType.MAX_PRECISION()) {
            throw new IllegalArgumentException("decimals of %d digits, and Spark's have at most %d (write them as text)"
                    .formatted(decimal.getPrecision(), DecimalType.MAX_PRECISION()));
        }
        if (logical instanceof TimeLogicalTypeAnnotation || logical instanceof IntervalLogicalTypeAnnotation) {
            throw new IllegalArgumentException(
                    "values of type %s, which Spark does not have (write them as text or numbers)"
                            .formatted(logical.toString().replaceFirst("\\(.*", "")));
        }
        return PLAIN;
    }

    /** A column as Spark has it, of one as it is written. */
    Column read(Column value, String table, String name) {
        return switch (this) {
            case PLAIN -> value;
            case HALF ->
                functions
                        .udf((UDF1<byte[], Float>) ParquetValue::half, DataTypes.FloatType)
                        .apply(value);
            case UUID ->
                functions
                        .udf((UDF1<byte[], String>) ParquetValue::uuid, DataTypes.StringType)
                        .apply(value);
            case NANOSECONDS ->
                functions
                        .udf(
                                (UDF1<Long, LocalDateTime>) nanoseconds -> local(nanoseconds, table, name),
                                DataTypes.TimestampNTZType)
                        .apply(value);
            case NANOSECONDS_UTC ->
                functions
                        .udf(
                                (UDF1<Long, Instant>) nanoseconds -> instant(nanoseconds, table, name),
                                DataTypes.TimestampType)
                        .apply(value);
        };
    }

    /** Of binary16, the lower byte first. */
    static @Nullable Float half(byte @Nullable [] bytes) {
        if (bytes == null) {
            return null;
        }
        int sign = bytes[1] < 0 ? -1 : 1;
        int exponent = bytes[1] >> 2 & 0x1f;
        int fraction = ((bytes[1] & 3) << 8) | (bytes[0] & 0xff);
        if (exponent == 0x1f) {
            return fraction == 0 ? sign * Float.POSITIVE_INFINITY : Float.NaN;
        }
        float size = exponent == 0
                ? Math.scalb((float) fraction, -24)
                : Math.scalb((float) (fraction + 0x400), exponent - 25);
        return sign * size;
    }

    private static @Nullable String uuid(byte @Nullable [] bytes) {
        if (bytes == null) {
            return null;
        }
        ByteBuffer halves = ByteBuffer.wrap(bytes);
        return new UUID(halves.getLong(), halves.getLong()).toString();
    }

    private static @Nullable LocalDateTime local(@Nullable Long nanoseconds, String table, String name) {
        Instant instant = instant(nanoseconds, table, name);
        return instant == null ? null : LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
    }

    /** Refused where Spark, which has microseconds, would lose something. */
    private static @Nullable Instant instant(@Nullable Long nanoseconds, String table, String name) {
        if (nanoseconds == null) {
            return null;
        }
        if (nanoseconds % 1000 != 0) {
            throw MalformedTableException.of(
                    table,
                    "column %s holds a time that is finer than microseconds (write it in microseconds): %d"
                            .formatted(name, nanoseconds));
        }
        return Instant.ofEpochSecond(Math.floorDiv(nanoseconds, BILLION), Math.floorMod(nanoseconds, BILLION));
    }
}
