package io.solera.model.imported;

/** A network that another program trained and exported. Values depend only on the shape and content of a batch. */
public interface ImportedNetwork extends AutoCloseable {
    /**
     * One output, [B, K], for token ids [B, T] without padding: K values per row, K = 1 if the output has one number
     * per row.
     *
     * @param output its name, or its index from 0
     * @throws IllegalArgumentException if the network does not read tokens, or has no such output of numbers
     */
    float[][] ofTokens(long[][] ids, String output);

    /** The same for numbers [B, D]. */
    float[][] ofNumbers(float[][] rows, String output);

    /** Maximum number of tokens that it reads. */
    int mostTokens();

    @Override
    void close();
}
