package io.solera.reward.learned;

import io.solera.checkpoint.ModelFolder;
import io.solera.checkpoint.file.Folder;
import io.solera.lang.EnumText;
import io.solera.model.imported.ImportedNetwork;
import io.solera.model.imported.OnnxNetwork;
import io.solera.model.imported.TorchScriptNetwork;
import io.solera.text.TokenizationException;
import io.solera.text.Tokenizer;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * A network exported by another program, as its file's bytes, with its tokenizer. A folder holds {@code model.onnx} or
 * {@code model.pt}, and {@code tokenizer.json} if the network reads tokens.
 *
 * @param tokenizer null if the network reads fingerprints
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

    /** The network's input for a text. */
    public enum Reads {
        /** Token ids and a mask of ones. */
        TOKENS,
        /** The same, with the begin token before and the end token after, such as [CLS] and [SEP]. */
        FRAMED_TOKENS,
        /** A fingerprint of 2048 numbers, 0 or 1. */
        ECFP4;

        public static Reads parse(String text) {
            return EnumText.find(Reads.class, text)
                    .orElseThrow(() -> new IllegalArgumentException(
                            "Invalid reads: %s (must be %s)".formatted(text, EnumText.choices(Reads.class))));
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

    /** Token ids of a text; null if the text cannot be tokenized, or has an unknown token. */
    int @Nullable [] tokens(String text) {
        if (tokenizer == null) {
            return null;
        }
        try {
            return reads == Reads.TOKENS
                    ? tokenizer.encode(text)
                    : tokenizer.special().prompt(tokenizer.completion(text));
        } catch (TokenizationException e) {
            return null;
        }
    }
}
