package io.solera.model.imported;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.training.ParameterStore;
import io.solera.model.Torch;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A module in TorchScript, run by PyTorch on one thread and as it was written, without the optimisations that change values after the
 * first calls. It is code: whoever loads one trusts it. Its forward method takes token ids and a mask of ones, or numbers.
 */
public final class TorchScriptNetwork implements ImportedNetwork {
    private final NDManager manager = Torch.manager();
    private final PtSymbolBlock module;
    private final boolean mask;

    /**
     * @param mask whether forward takes a mask after the token ids
     * @throws IllegalArgumentException when it is no module in TorchScript
     */
    public TorchScriptNetwork(byte[] module, boolean mask) {
        this.mask = mask;
        this.module = Torch.script(manager, module);
    }

    @Override
    public int mostTokens() {
        return Integer.MAX_VALUE;
    }

    @Override
    public float[][] ofTokens(long[][] ids, String output) {
        try (NDManager scope = scope()) {
            Shape shape = new Shape(ids.length, ids[0].length);
            NDList inputs = new NDList(scope.create(
                    Arrays.stream(ids).flatMapToLong(Arrays::stream).toArray(), shape));
            if (mask) {
                inputs.add(scope.ones(shape, DataType.INT64));
            }
            return run(inputs, output);
        }
    }

    @Override
    public float[][] ofNumbers(float[][] rows, String output) {
        try (NDManager scope = scope()) {
            return run(new NDList(scope.create(rows)), output);
        }
    }

    private NDManager scope() {
        NDManager scope = Torch.scope(manager, false);
        Torch.asWritten();
        return scope;
    }

    private float[][] run(NDList inputs, String output) {
        NDList outputs = module.forward(new ParameterStore(manager, false), inputs, false);
        List<String> names = IntStream.range(0, outputs.size())
                .mapToObj(i -> outputs.get(i).getName() == null
                        ? String.valueOf(i)
                        : outputs.get(i).getName())
                .toList();
        int place = ImportedOutput.place(output, names);
        NDArray values = outputs.get(place);
        if (values.getDataType() != DataType.FLOAT32) {
            throw new IllegalArgumentException("Invalid output: %s is of %s (must be of float32)"
                    .formatted(names.get(place), values.getDataType()));
        }
        return ImportedOutput.rows(
                names.get(place), Torch.read(values), values.getShape().getShape());
    }

    @Override
    public void close() {
        module.close();
        manager.close();
    }
}
