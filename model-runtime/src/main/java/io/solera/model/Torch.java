package io.solera.model;

import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.engine.StandardCapabilities;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.util.Utils;
import io.solera.problem.DataException;
import io.solera.problem.RunException;
import io.solera.rl.BlockVector;
import io.solera.text.NativeFolder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * PyTorch in this JVM: loaded once, offline and without telemetry, one thread per task. The only place that touches
 * DJL's native calls; it differentiates with {@code backward} directly, because DJL's gradient collector allows only
 * one user per JVM.
 *
 * <p>Native memory: the result of an operation belongs to the manager of its first operand. So every computation starts
 * from an array in its own scope ({@link #scope}), parameters are the second operand, and closing the scope frees the
 * intermediates.
 */
public final class Torch {
    private static final String ENGINE = "PyTorch";
    /** Why the libraries of an earlier process are not loaded; null if they may be. */
    private static final @Nullable IllegalStateException REFUSED;

    static {
        System.setProperty("OPT_OUT_TRACKING", "true");
        System.setProperty("ai.djl.offline", "true");
        System.setProperty("ai.djl.pytorch.num_interop_threads", "1");
        System.setProperty("ai.djl.pytorch.num_threads", "1");
        REFUSED = refusal();
        if (REFUSED == null) {
            Engine.getEngine(ENGINE);
        }
    }

    private Torch() {}

    /** A manager for long-lived arrays on the processor; the caller closes it. */
    public static NDManager manager() {
        return manager(Device.CPU);
    }

    /**
     * The same on a device.
     *
     * @throws IllegalStateException if PyTorch cannot use that device here
     */
    public static NDManager manager(Device device) {
        if (REFUSED != null) {
            throw REFUSED;
        }
        if (device.isCpu()) {
            return NDManager.newBaseManager(ai.djl.Device.cpu(), ENGINE);
        }
        Engine engine = Engine.getEngine(ENGINE);
        if (!engine.hasCapability(StandardCapabilities.CUDA)) {
            throw new RunException(
                    ("Cannot compute on %s: PyTorch here is the one for processors (give the process CUDA's, see "
                                    + "docs/gpu.md, or no GPU)")
                            .formatted(device));
        }
        if (device.gpu() >= engine.getGpuCount()) {
            throw new RunException("Cannot compute on %s: this process sees %d (see CUDA_VISIBLE_DEVICES)"
                    .formatted(device, engine.getGpuCount()));
        }
        return NDManager.newBaseManager(ai.djl.Device.gpu(device.gpu()), ENGINE);
    }

    /** PyTorch's version, once it is loaded, and what it computes on. */
    public static String version() {
        return version(Device.CPU);
    }

    /** The same, once it has reached that device. */
    public static String version(Device device) {
        manager(device).close();
        Engine engine = Engine.getEngine(ENGINE);
        return engine.hasCapability(StandardCapabilities.CUDA)
                ? "%s for CUDA".formatted(engine.getVersion())
                : "%s for processors".formatted(engine.getVersion());
    }

    private static @Nullable IllegalStateException refusal() {
        try {
            NativeFolder.require(Utils.getEngineCacheDir("pytorch"));
            return null;
        } catch (IllegalStateException e) {
            return e;
        }
    }

    /** A manager for one computation on the calling thread, which from here on records gradients, or not. */
    public static NDManager scope(NDManager parent, boolean gradients) {
        // Both are per-thread settings: a new task's thread starts with all cores and with gradients on.
        JniUtils.setNumThreads(1);
        JniUtils.setGradMode(gradients);
        return parent.newSubManager();
    }

    /** Sets whether the calling thread records gradients from here on. */
    static void recordGradients(boolean gradients) {
        JniUtils.setGradMode(gradients);
    }

    /**
     * x W + b of x [N, in], W stored as [in, out]; the result belongs to x's manager. Product, then sum: PyTorch's own
     * operation for both takes up to twice as long for a few dozen rows.
     */
    static NDArray linear(NDArray x, NDArray weight, NDArray bias) {
        return x.matMul(weight).addi(bias);
    }

    /** x E^T of x [N, in], E stored as [out, in]. */
    static NDArray project(NDArray x, NDArray embedding) {
        NDArray transposed = embedding.transpose();
        transposed.attach(x.getManager());
        return x.matMul(transposed);
    }

    /** x W^T + b of x [N, in], W stored as [out, in]; the result belongs to x's manager. */
    static NDArray project(NDArray x, NDArray weight, NDArray bias) {
        return JniUtils.linear(torch(x), torch(weight), torch(bias));
    }

    /** x sigmoid(x). */
    static NDArray silu(NDArray x) {
        return x.mul(sigmoid(x));
    }

    static NDArray sigmoid(NDArray x) {
        return JniUtils.sigmoid(torch(x));
    }

    /**
     * x times a number. Not by DJL's {@code x.mul(number)}: that closes the number's buffer at once, although the
     * backward pass still reads it, so a garbage collection in between corrupts the gradient. Here the number lives as
     * long as x's manager.
     */
    static NDArray scaled(NDArray x, double factor) {
        return x.mul(x.getManager().create((float) factor));
    }

    /**
     * Rows of a table by index: [...] of int64 and [V, D] give [..., D]; the result belongs to the indices' manager.
     */
    static NDArray embedding(NDArray ids, NDArray table) {
        return JniUtils.embedding(torch(ids), torch(table), false);
    }

    /** Layer normalisation over the last axis. */
    static NDArray layerNorm(NDArray x, NDArray weight, NDArray bias, double epsilon) {
        return JniUtils.layerNorm(torch(x), weight.getShape(), torch(weight), torch(bias), epsilon);
    }

    /** Whether the calling thread records gradients. */
    static boolean records() {
        return JniUtils.isGradMode();
    }

    /** Arrays [n_i, ...] concatenated along the first axis; the result belongs to the first one's manager. */
    static NDArray stacked(List<NDArray> parts) {
        return parts.size() == 1
                ? parts.get(0)
                : JniUtils.cat(parts.stream().map(Torch::torch).toArray(PtNDArray[]::new), 0);
    }

    static NDArray gelu(NDArray x) {
        return JniUtils.gelu(torch(x));
    }

    /** The values along the last axis at the given indices: [B, T, V] and [B, T, 1] of int64 give [B, T, 1]. */
    static NDArray gather(NDArray values, NDArray indices) {
        return JniUtils.gather(torch(values), torch(indices), values.getShape().dimension() - 1);
    }

    /** A view, in the given manager, of the part of an array between two corners; the second is exclusive. */
    static NDArray part(NDArray array, long[] from, long[] to, NDManager scope) {
        return JniUtils.index(torch(array), from, to, ones(from.length), (PtNDManager) scope);
    }

    /** Copies an array into the part of another between two corners; the second is exclusive. */
    static void write(NDArray source, NDArray into, long[] from, long[] to) {
        JniUtils.indexSet(torch(into), torch(source), from, to, ones(from.length));
    }

    /** Adds the gradient of sum(output * weights) to the gradient of every parameter that output depends on. */
    static void backward(NDArray output, NDArray weights) {
        backward(output, weights, true);
    }

    /** @param last whether the graph may go: no other backward pass starts from it */
    static void backward(NDArray output, NDArray weights, boolean last) {
        JniUtils.backward(torch(output), torch(weights), !last, false);
    }

    /** The gradient accumulated in an array that a forward pass started from; it belongs to that array's manager. */
    static NDArray gradient(NDArray array) {
        return JniUtils.getGradient(torch(array));
    }

    /** The gradient accumulated in a parameter; resets it to zero. */
    static void takeGradient(NDArray parameter, BlockVector into, long offset) {
        try (PtNDArray gradient = JniUtils.getGradient(torch(parameter))) {
            into.put(offset, values(gradient));
        }
        JniUtils.zeroGrad(torch(parameter));
    }

    /**
     * Copies an array's values, row-major, to {@code into} from {@code offset} on. Not through DJL's direct buffer: for
     * an array that is not contiguous, such as the gradient of a transposed weight, that exposes memory that is already
     * freed.
     */
    public static void read(NDArray array, float[] into, int offset) {
        values(array).get(into, offset, (int) array.size());
    }

    private static FloatBuffer values(NDArray array) {
        return JniUtils.getByteBuffer(torch(array), false)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
    }

    public static float[] read(NDArray array) {
        float[] values = new float[(int) array.size()];
        read(array, values, 0);
        return values;
    }

    /** A TorchScript module, in the given manager. */
    public static PtSymbolBlock script(NDManager manager, byte[] module) {
        try (InputStream in = new ByteArrayInputStream(module)) {
            return JniUtils.loadModule((PtNDManager) manager, in, false, false);
        } catch (IOException | EngineException e) {
            throw new DataException("Cannot read a TorchScript module: %s".formatted(e.getMessage()), e);
        }
    }

    /** From here on the calling thread runs modules without optimising them for the shapes seen so far. */
    public static void asWritten() {
        JniUtils.setGraphExecutorOptimize(false);
    }

    private static long[] ones(int count) {
        long[] ones = new long[count];
        Arrays.fill(ones, 1);
        return ones;
    }

    private static PtNDArray torch(NDArray array) {
        return (PtNDArray) array;
    }
}
