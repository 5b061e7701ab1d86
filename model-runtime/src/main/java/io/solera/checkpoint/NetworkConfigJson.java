package io.solera.checkpoint;

import com.google.gson.JsonObject;
import io.solera.checkpoint.file.MalformedModelException;
import io.solera.checkpoint.file.Settings;
import io.solera.text.SpecialTokens;

/** {@code config.json} of every family: {@code model_type} says which. */
final class NetworkConfigJson {
    private static final String TYPE = "model_type";

    private NetworkConfigJson() {}

    static JsonObject write(NetworkConfig config, SpecialTokens special) {
        if (config instanceof Gpt2Config gpt2) {
            return Gpt2ConfigJson.write(gpt2, special);
        }
        return LlamaConfigJson.write((LlamaConfig) config, special);
    }

    static NetworkConfig read(JsonObject json, String location) throws MalformedModelException {
        Settings settings = new Settings(json, location);
        String type = settings.text(TYPE, "");
        if (type.equals("gpt2")) {
            return Gpt2ConfigJson.read(json, location);
        }
        for (LlamaConfig.Member member : LlamaConfig.Member.values()) {
            if (member.text().equals(type)) {
                return LlamaConfigJson.read(json, member, location);
            }
        }
        throw settings.invalid(TYPE, "gpt2, llama, mistral, qwen2 or qwen3");
    }
}
