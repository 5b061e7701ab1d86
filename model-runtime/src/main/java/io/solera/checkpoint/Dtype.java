package io.solera.checkpoint;

import java.nio.ByteBuffer;

/** How numbers are stored in a safetensors file; in memory all are float32. */
enum Dtype {
    F32(4) {
        @Override
        float read(ByteBuffer values) {
            return values.getFloat();
        }
    },
    /** IEEE 754 half precision: 5 bits of exponent, 10 of fraction. */
    F16(2) {
        @Override
        float read(ByteBuffer values) {
            int half = values.getShort();
            int exponent = half >>> 10 & 0x1F;
            int fraction = half & 0x3FF;
            float size = exponent == 0
                    ? fraction * 0x1p-24f
                    : Float.intBitsToFloat((exponent == 0x1F ? 0xFF : exponent + 112) << 23 | fraction << 13);
            return half < 0 ? -size : size;
        }
    },
    /** The upper half of a float32. */
    BF16(2) {
        @Override
        float read(ByteBuffer values) {
            return Float.intBitsToFloat(values.getShort() << 16);
        }
    };

    final int bytes;

    Dtype(int bytes) {
        this.bytes = bytes;
    }

    /** The next number of a little-endian buffer. */
    abstract float read(ByteBuffer values);
}
