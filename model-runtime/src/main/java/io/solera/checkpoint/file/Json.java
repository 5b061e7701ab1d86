package io.solera.checkpoint.file;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonPrimitive;
import com.google.gson.Strictness;
import com.google.gson.internal.LazilyParsedNumber;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import io.solera.lang.Excerpt;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * JSON of foreign model folders, read within limits: a maximum number of bytes of UTF-8, {@link #DEPTH} levels, and
 * numbers of at most {@link #DIGITS} characters. A repeated key is refused, as other readers take the first or the last
 * one.
 */
public final class Json {
    /** A tokenizer of 260,000 tokens has 33 MB. */
    static final int TOKENIZER_BYTES = 64 << 20;
    /** Every other file: the index of a model of a thousand shards has less than 1 MB. */
    static final int BYTES = 16 << 20;

    static final int DEPTH = 64;
    private static final int DIGITS = 64;
    private static final Pattern PLACE = Pattern.compile("line \\d+ column \\d+");

    private Json() {}

    /** The text of a file, without a byte order mark. */
    public static String text(Folder folder, String name) throws IOException {
        int limit = name.equals(ModelFiles.TOKENIZER) ? TOKENIZER_BYTES : BYTES;
        String location = folder.location() + "/" + name;
        byte[] bytes;
        try (InputStream in = folder.open(name)) {
            bytes = in.readNBytes(limit + 1);
        }
        if (bytes.length > limit) {
            throw new MalformedModelException(
                    "Cannot read %s: it is larger than %d MiB (the most that such a file may have)"
                            .formatted(location, limit >> 20));
        }
        return utf8(bytes, location);
    }

    /** @throws MalformedModelException if the bytes are not UTF-8 */
    public static String utf8(byte[] bytes, String location) throws MalformedModelException {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.startsWith("\ufeff") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new MalformedModelException("Cannot read %s: it is not UTF-8".formatted(location));
        }
    }

    public static JsonObject read(Folder folder, String name) throws IOException {
        return object(text(folder, name), folder.location() + "/" + name);
    }

    public static JsonObject object(String text, String location) throws MalformedModelException {
        return object(text, location, "it");
    }

    /**
     * @param what which part of the file the text is, for messages
     * @throws MalformedModelException unless a text is one JSON object
     */
    public static JsonObject object(String text, String location, String what) throws MalformedModelException {
        try (JsonReader in = new JsonReader(new StringReader(text))) {
            in.setStrictness(Strictness.STRICT);
            in.setNestingLimit(DEPTH);
            if (in.peek() != JsonToken.BEGIN_OBJECT) {
                throw new JsonParseException("it does not begin with {");
            }
            JsonObject json = (JsonObject) element(in);
            if (in.peek() != JsonToken.END_DOCUMENT) {
                throw new JsonParseException("something follows it");
            }
            return json;
        } catch (IOException | IllegalStateException | JsonParseException e) {
            throw new MalformedModelException(
                    "Cannot read %s: %s is not a JSON object (%s)".formatted(location, what, why(e)));
        }
    }

    private static String why(Exception e) {
        String message = String.valueOf(e.getMessage());
        if (e instanceof JsonParseException) {
            return message;
        }
        if (message.contains("limit")) {
            return "more than %d levels of brackets".formatted(DEPTH);
        }
        Matcher place = PLACE.matcher(message);
        return place.find() ? "see " + place.group() : "it ends too early";
    }

    private static JsonElement element(JsonReader in) throws IOException {
        return switch (in.peek()) {
            case BEGIN_OBJECT -> {
                JsonObject object = new JsonObject();
                in.beginObject();
                while (in.hasNext()) {
                    String key = in.nextName();
                    if (object.has(key)) {
                        throw new JsonParseException("key %s occurs twice".formatted(shown(key)));
                    }
                    object.add(key, element(in));
                }
                in.endObject();
                yield object;
            }
            case BEGIN_ARRAY -> {
                JsonArray array = new JsonArray();
                in.beginArray();
                while (in.hasNext()) {
                    array.add(element(in));
                }
                in.endArray();
                yield array;
            }
            case STRING -> new JsonPrimitive(in.nextString());
            case NUMBER -> {
                String number = in.nextString();
                if (number.length() > DIGITS) {
                    throw new JsonParseException("the number %s is too long".formatted(shown(number)));
                }
                yield new JsonPrimitive(new LazilyParsedNumber(number));
            }
            case BOOLEAN -> new JsonPrimitive(in.nextBoolean());
            case NULL -> {
                in.nextNull();
                yield JsonNull.INSTANCE;
            }
            default -> throw new JsonParseException("it ends too early");
        };
    }

    /** A foreign text as a message can show it: short, in one line. */
    public static String shown(String text) {
        return Excerpt.inLine(text, 80);
    }
}
