package io.solera.reward.catalogue;

import io.solera.problem.RequestException;
import io.solera.reward.Reward;
import io.solera.reward.Shaping;
import io.solera.reward.learned.ImportedModel;
import io.solera.reward.learned.ImportedOutputValue;
import io.solera.reward.learned.ImportedPrediction;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Rewards from networks that other programs trained and exported. */
final class ImportedEntries {
    static final List<RewardEntry> ALL = List.of(
            draft("onnx", "output of an ONNX network for a text")
                    .needs("model", "a folder with model.onnx, and tokenizer.json if it reads tokens")
                    .comparedTo(
                            "onnxruntime 1.32.0 in Python, and scikit-learn through skl2onnx",
                            "equal to 1e-6 on the ten molecules of docs/reference/networks.py")
                    .example("onnx(model=models/solubility, output=logits)")
                    .made((arguments, resources) -> imported(arguments, resources, ImportedModel.Format.ONNX)),
            draft("torchscript", "output of a TorchScript module for a text; it is code, so the job must allow it")
                    .needs("model", "a folder with model.pt, and tokenizer.json if it reads tokens")
                    .comparedTo(
                            "torch 2.7.1 in Python", "equal to 1e-6 on the ten molecules of docs/reference/networks.py")
                    .example("torchscript(model=models/solubility, activation=sigmoid)")
                    .made(ImportedEntries::torchScript));

    private ImportedEntries() {}

    private static RewardEntry.Draft draft(String name, String summary) {
        return RewardEntry.of(name, Input.TEXT, summary)
                .unit("of the output")
                .range("any")
                .higher(Shaping.IDENTITY)
                .takes(
                        "reads",
                        "tokens",
                        "tokens, framed-tokens (begin and end token around them) or ecfp4 (2048 numbers)")
                .takes("output", "0", "the name of an output, or its index from 0")
                .takes("value", "0", "index in a row of that output, from 0")
                .takes("activation", "none", "none, or sigmoid or softmax of an output of logits")
                .takes("longest", "512", "tokens; longer texts are not applicable")
                .definedBy("none: defined by the network");
    }

    private static Reward torchScript(Map<String, String> arguments, Resources resources) throws IOException {
        if (!resources.allows(Permission.TORCHSCRIPT)) {
            throw Permission.TORCHSCRIPT.missing("torchscript", "a TorchScript module is code");
        }
        return imported(arguments, resources, ImportedModel.Format.TORCHSCRIPT);
    }

    private static Reward imported(Map<String, String> arguments, Resources resources, ImportedModel.Format format)
            throws IOException {
        ImportedModel.Reads reads = ImportedModel.Reads.parse(arguments.getOrDefault("reads", ""));
        ImportedOutputValue value = new ImportedOutputValue(
                arguments.getOrDefault("output", ""),
                number(arguments, "value"),
                ImportedOutputValue.Activation.parse(arguments.getOrDefault("activation", "")));
        ImportedModel model = ImportedModel.read(resources.folder(arguments.getOrDefault("model", "")), format, reads);
        return new ImportedPrediction(model, value, number(arguments, "longest"));
    }

    private static int number(Map<String, String> arguments, String name) {
        String text = arguments.getOrDefault(name, "");
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new RequestException("Invalid %s: %s (must be a whole number)".formatted(name, text), e);
        }
    }
}
