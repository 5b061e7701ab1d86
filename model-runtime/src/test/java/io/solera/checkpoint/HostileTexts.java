package io.solera.checkpoint;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import io.solera.checkpoint.file.LocalFolder;
import io.solera.checkpoint.file.MalformedModelException;
import io.solera.text.TokenizationException;
import io.solera.text.Tokenizer;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A program of its own, since what it looks for ends a process: opens tokenizers of a folder, and mutations of them,
 * and has hostile texts encoded. It prints its last line when nothing aborted it.
 */
final class HostileTexts {
    static final String DONE = "encoded all: ";

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private HostileTexts() {}

    /** Folder of tokenizer files, mutations of each, a folder to work in. */
    public static void main(String[] words) throws IOException {
        Path work = Path.of(words[2]);
        int mutations = Integer.parseInt(words[1]);
        int opened = 0;
        int refused = 0;
        long encoded = 0;
        Files.writeString(work.resolve("generation_config.json"), "{\"eos_token_id\": 0}");
        List<Path> files;
        try (var list = Files.list(Path.of(words[0]))) {
            files = list.sorted().toList();
        }
        for (Path file : files) {
            String text = Files.readString(file);
            Random random = new Random(file.getFileName().toString().hashCode());
            for (int m = 0; m <= mutations; m++) {
                String mutated = m == 0 ? text : mutated(text, random);
                Files.writeString(work.resolve("tokenizer.json"), mutated, StandardCharsets.UTF_8);
                Tokenizer tokenizer;
                try {
                    tokenizer = ModelFolder.tokenizer(new LocalFolder(work));
                } catch (MalformedModelException | IllegalArgumentException e) {
                    if (m == 0) {
                        throw e;
                    }
                    refused++;
                    continue;
                }
                opened++;
                for (String hostile : texts(m == 0)) {
                    long start = THREADS.getCurrentThreadCpuTime();
                    try {
                        tokenizer.decode(tokenizer.encode(hostile));
                    } catch (TokenizationException e) {
                        encoded--;
                    } catch (IllegalArgumentException e) {
                        break; // the library does not open it, and says so
                    }
                    encoded++;
                    double seconds = (THREADS.getCurrentThreadCpuTime() - start) / 1e9;
                    if (seconds > 10) {
                        throw new IllegalStateException("%s: %d characters of %s took %.1f s"
                                .formatted(
                                        file.getFileName(),
                                        hostile.length(),
                                        hostile.substring(0, Math.min(3, hostile.length())),
                                        seconds));
                    }
                }
            }
        }
        System.out.println(DONE + opened + " opened, " + refused + " refused, " + encoded + " texts");
    }

    private static List<String> texts(boolean all) {
        List<String> texts = new ArrayList<>(List.of(
                "",
                " ",
                "\0",
                "a\0b",
                "\ud800",
                "x\udc00y",
                "\ud83d\udc69\u200d\ud83d\udc69\u200d\ud83d\udc67",
                "\u0001\u0002abc\u0003",
                "\ufdfa\ufb01\u2126\u212b",
                "e" + "\u0301".repeat(300),
                "\u0301\u0300\u0327\u0323",
                "\u2581\u2581 \u2581",
                "'s's'S don't\r\n\r\n\t  x",
                "<s></s><pad><unk><mask> <extra_id_0><|end|>",
                "\ufffd\ufffe\uffff",
                "a".repeat(3000) + "!",
                " ".repeat(3000) + "x",
                "[".repeat(500)));
        if (all) {
            texts.add("a".repeat(10_000_000));
            for (String unit : List.of(
                    "a",
                    " ",
                    "ab ",
                    "\n",
                    "a1 !\n",
                    "\ufdfa",
                    "e\u0301",
                    "\u0301\u0327",
                    "\ud83d\ude00",
                    "\u4e2d",
                    "[")) {
                texts.add(unit.repeat(40_000 / unit.length()));
                texts.add(unit.repeat((1 << 14) / unit.length() - 1) + "!");
            }
        }
        return texts;
    }

    /** One to three values of the file are others, or gone. */
    private static String mutated(String text, Random random) {
        JsonObject json = JsonParser.parseString(text).getAsJsonObject();
        for (int k = random.nextInt(3); k >= 0; k--) {
            List<Runnable> places = new ArrayList<>();
            places(json, random, places);
            places.get(random.nextInt(places.size())).run();
        }
        return json.toString();
    }

    private static void places(JsonElement element, Random random, List<Runnable> places) {
        if (element instanceof JsonObject object) {
            int seen = 0;
            for (String key : List.copyOf(object.keySet())) {
                if (seen++ > 24) { // of a vocabulary a few
                    break;
                }
                places.add(() -> object.add(key, value(random)));
                places.add(() -> object.remove(key));
                places(object.get(key), random, places);
            }
        } else if (element instanceof JsonArray array) {
            for (int k = 0; k < Math.min(8, array.size()); k++) {
                int at = k;
                places.add(() -> array.set(at, value(random)));
                places(array.get(k), random, places);
            }
        }
    }

    private static JsonElement value(Random random) {
        String[] values = {
            "null",
            "true",
            "false",
            "0",
            "1",
            "-1",
            "3",
            "1e999",
            "4294967297",
            "\"\"",
            "\"a\"",
            "\" \"",
            "\"\u2581\"",
            "\"##\"",
            "[]",
            "{}",
            "[[\"a\", 0]]",
            "{\"type\": \"ByteLevel\"}",
            "{\"type\": \"NFKC\"}",
            "{\"type\": \"Fuse\"}",
            "{\"type\": \"Whitespace\"}",
            "{\"type\": \"Metaspace\", \"replacement\": \"\u2581\"}",
            "{\"Regex\": \"a|b+\"}",
            "{\"type\": \"Digits\", \"individual_digits\": true}",
            "{\"type\": \"BertPreTokenizer\"}",
            "{\"type\": \"UnicodeScripts\"}",
            "{\"type\": \"FixedLength\", \"length\": 2}",
            "{\"type\": \"StripAccents\"}",
            "{\"type\": \"Nmt\"}",
            "{\"type\": \"BertNormalizer\", \"clean_text\": true, \"handle_chinese_chars\": true, \"lowercase\": true}",
            "{\"type\": \"Strip\", \"strip_left\": true, \"strip_right\": true}",
            "{\"type\": \"Strip\", \"content\": \" \", \"start\": 1, \"stop\": 0}",
            "{\"type\": \"ByteFallback\"}",
            "{\"type\": \"WordPiece\", \"prefix\": \"##\", \"cleanup\": true}",
            "{\"type\": \"BPEDecoder\", \"suffix\": \"</w>\"}",
            "{\"type\": \"Replace\", \"pattern\": {\"String\": \"a\"}, \"content\": \"\"}",
            "{\"type\": \"Replace\", \"pattern\": {\"Regex\": \" |a\"}, \"content\": \"bb\"}",
            "{\"type\": \"Split\", \"pattern\": {\"String\": \" \"}, \"behavior\": \"MergedWithNext\","
                    + " \"invert\": true}",
            "{\"type\": \"Punctuation\", \"behavior\": \"Contiguous\"}",
            "{\"type\": \"Prepend\", \"prepend\": \"x\"}"
        };
        return random.nextInt(20) == 0
                ? new JsonPrimitive("x".repeat(random.nextInt(300)))
                : JsonParser.parseString(values[random.nextInt(values.length)]);
    }
}
