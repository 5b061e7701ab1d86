package io.solera.model;

import java.io.Serializable;

/**
 * The device that holds a network's arrays and does its arithmetic.
 *
 * @param gpu the number of a CUDA device as this process sees it; -1 for the processor
 */
public record Device(int gpu) implements Serializable {
    public static final Device CPU = new Device(-1);

    public Device {
        if (gpu < -1) {
            throw new IllegalArgumentException(
                    "Invalid device: %d (must be the number of a GPU, or -1 for the processor)".formatted(gpu));
        }
    }

    public boolean isCpu() {
        return gpu < 0;
    }

    @Override
    public String toString() {
        return isCpu() ? "the processor" : "GPU " + gpu;
    }
}
