package io.solera.model.imported;

/** A network that another program trained and exported. Values depend on the shape and content of a batch alone. */
public interface ImportedNetwork extends AutoCloseable {
    /**
     * One output, [B, K], of token ids [B, T] of which none is padding: K values of each row, 1 where the output has one number per row.
     *
     * @param output its name, or its place from 0
     * @throws IllegalArgumentException when the network reads no tokens, or has no such output of numbers
     */
    float[][] ofTokens(long[][] ids, String output);

    /** The same of numbers [B, D]. */
    float[][] ofNumbers(float[][] rows, String output);

    /** Tokens that it reads at most. */
    int mostTokens();

    @Override
    void close();
}
