package io.solera.reward.learned;

import io.solera.checkpoint.ModelFolder;
import io.solera.checkpoint.file.Folder;
import io.solera.model.imported.ImportedNetwork;
import io.solera.model.imported.OnnxNetwork;
import io.solera.model.imported.TorchScriptNetwork;
import io.solera.text.TokenizationException;
import io.solera.text.Tokenizer;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A network that another program exported, as its file's bytes, with the tokenizer beside it. A folder holds {@code model.onnx} or
 * {@code model.pt}, and {@code tokenizer.json} where the network reads tokens.
 *
 * @param tokenizer null when the network reads fingerprints
 */
public record ImportedModel(
        Format format,
        Reads reads,
        byte[] network,
        @Nullable Tokenizer tokenizer) implements Serializable {
    /** Of the file. */
    public enum Format {
        ONNX("model.onnx"),
        TORCHSCRIPT("model.pt");

        private final String file;

        Format(String file) {
            this.file = file;
        }
    }

    /** What the network is given of a text. */
    public enum Reads {
        /** Token ids and a mask of ones. */
        TOKENS,
        /** The same, with the begin token before and the end token after, such as [CLS] and [SEP]. */
        FRAMED_TOKENS,
        /** A fingerprint of 2048 numbers, 0 or 1. */
        ECFP4;

        public static Reads parse(String text) {
            return Arrays.stream(values())
                    .filter(each -> each.text().equals(text))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(
                            "Invalid reads: %s (must be tokens, framed-tokens or ecfp4)".formatted(text)));
        }

        private String text() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    public static ImportedModel read(Folder folder, Format format, Reads reads) throws IOException {
        byte[] bytes;
        try (InputStream in = folder.open(format.file)) {
            bytes = in.readAllBytes();
        }
        return new ImportedModel(
                format, reads, bytes, reads == Reads.ECFP4 ? null : ModelFolder.framedTokenizer(folder));
    }

    ImportedNetwork open() {
        return format == Format.ONNX ? new OnnxNetwork(network) : new TorchScriptNetwork(network, true);
    }

    /** Token ids of a text; null when the tokenizer cannot split it, or does not know a token. */
    int @Nullable [] tokens(String text) {
        if (tokenizer == null) {
            return null;
        }
        try {
            int[] plain = tokenizer.encode(text);
            if (reads == Reads.TOKENS) {
                return plain;
            }
            int[] begun = tokenizer.special().prompt(plain);
            int[] framed = Arrays.copyOf(begun, begun.length + 1);
            framed[begun.length] = tokenizer.special().end();
            return framed;
        } catch (TokenizationException e) {
            return null;
        }
    }
}
