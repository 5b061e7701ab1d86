package io.solera.reward.catalogue;

import io.solera.lang.EnumText;
import io.solera.problem.MalformedFileException;
import io.solera.problem.RequestException;
import io.solera.reward.Reward;
import io.solera.reward.Shaping;
import io.solera.reward.policy.TokenLength;
import io.solera.reward.text.Overlap;
import io.solera.reward.text.TextRewards;
import io.solera.reward.text.words.Unit;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rewards on texts. */
final class TextEntries {
    private static final String REAL =
            " on 3,229 abstracts, their TLDRs and 10,662 sentences, docs/measurements/texts.md";
    private static final String READING =
            "mean absolute difference %s, only from syllables: words and sentences are equal";
    private static final String SACREBLEU = "sacreBLEU 2.6.0, sentence_bleu";
    private static final String ROUGE_SCORE = "rouge_score 0.1.2";
    private static final String TEXTSTAT = "textstat 0.7.13, ";
    private static final String PAPINENI =
            "Papineni et al., BLEU, ACL (2002); Post, A Call for Clarity in Reporting BLEU Scores, WMT (2018)";
    private static final String LIN = "Lin, ROUGE: A Package for Automatic Evaluation of Summaries, WAS (2004)";

    private static final Argument UNIT = new Argument("unit", "words", "words (and punctuation marks), or characters");
    private static final Argument LENGTH_UNIT =
            new Argument("unit", "words", "words, characters, or tokens of the model");

    static final List<RewardEntry> ALL = List.of(
            RewardEntry.of("length", Input.TEXT, "length of the text")
                    .unit("words, characters or tokens")
                    .range("0 and above")
                    .window(Shaping.window(20, 200, 100))
                    .argument(LENGTH_UNIT)
                    .argument(PolicyEntries.MODEL)
                    .definedBy("words: textstat's; characters: those of Unicode")
                    .comparedTo(TEXTSTAT + "lexicon_count, and Python's len", "equal" + REAL)
                    .example("length(unit=words)")
                    .made(TextEntries::length),
            RewardEntry.of("overlong", Input.TEXT, "soft overlong punishment: 0 up to max - cache, -1 above max")
                    .range("-1 .. 0")
                    .higher(Shaping.linear(-1, 0))
                    .takes("max", "512", "the length above which the punishment is full")
                    .takes("cache", "128", "the punishment starts this far below max")
                    .argument(LENGTH_UNIT)
                    .argument(PolicyEntries.MODEL)
                    .definedBy("Yu et al., DAPO, arXiv 2503.14476 (2025), equation 13")
                    .comparedTo("the equation in Python", "equal to 1e-12" + REAL)
                    .example("overlong(max=200, cache=50)")
                    .made((arguments, resources) -> TextRewards.overlong(
                            length(arguments, resources), positive(arguments, "max"), positive(arguments, "cache"))),
            RewardEntry.of("distinct", Input.TEXT, "distinct-n: share of distinct n-grams")
                    .range("above 0 .. 1")
                    .higher(Shaping.IDENTITY)
                    .takes("n", "2", "the length of an n-gram, 1 to 10")
                    .argument(UNIT)
                    .definedBy("Li et al., A Diversity-Promoting Objective Function, NAACL (2016); of n-grams, not of"
                            + " tokens")
                    .comparedTo("the definition in Python on the tokens of sacreBLEU 2.6.0", "equal to 1e-12" + REAL)
                    .example("distinct(n=2)")
                    .made((arguments, resources) ->
                            TextRewards.distinct(whole(arguments, "n", 1, 10), unit(arguments))),
            RewardEntry.of("repetition", Input.TEXT, "rep-n: share of the n-grams that repeat an earlier one")
                    .range("0 .. below 1")
                    .lower(Shaping.reverseLinear(0, 0.5))
                    .takes("n", "4", "the length of an n-gram, 1 to 10")
                    .argument(UNIT)
                    .definedBy("Welleck et al., Neural Text Generation with Unlikelihood Training, ICLR (2020)")
                    .comparedTo("the definition in Python on the tokens of sacreBLEU 2.6.0", "equal to 1e-12" + REAL)
                    .example("repetition(n=4)")
                    .made((arguments, resources) ->
                            TextRewards.repetition(whole(arguments, "n", 1, 10), unit(arguments))),
            RewardEntry.of("self_bleu", Input.TEXT, "BLEU with a fixed set of texts, or between its own sentences")
                    .range("0 .. 100")
                    .lower(Shaping.reverseLinear(0, 100))
                    .takes("file", "", "the set, one text per line; without it, the mean over the text's own sentences")
                    .definedBy("Zhu et al., Texygen, SIGIR (2018), over a fixed set instead of the batch; " + PAPINENI)
                    .comparedTo(SACREBLEU + " with the other sentences", "equal to 1e-9" + REAL)
                    .example("self_bleu")
                    .made((arguments, resources) ->
                            TextRewards.selfBleu(lines(arguments.getOrDefault("file", ""), resources))),
            RewardEntry.of("bleu", Input.TEXT, "n-gram precision against a reference text, up to 4 words")
                    .range("0 .. 100")
                    .higher(Shaping.linear(0, 100))
                    .compares("the reference text")
                    .definedBy(PAPINENI)
                    .comparedTo(SACREBLEU, "equal to 1e-9" + REAL)
                    .example("bleu(reference='The cat sat on the mat.')")
                    .made((arguments, resources) -> TextRewards.bleu(reference(arguments))),
            rouge("rouge1", "ROUGE-1: words shared with a reference text", 1),
            rouge("rouge2", "ROUGE-2: pairs of words shared with a reference text", 2),
            rouge("rougel", "ROUGE-L: longest common subsequence of words with a reference text", 0),
            RewardEntry.of("reading_ease", Input.TEXT, "Flesch reading ease of an English text, 60 is plain")
                    .range("any, mostly 0 .. 100")
                    .higher(Shaping.linear(0, 80))
                    .definedBy("Flesch, A New Readability Yardstick, J. Appl. Psychol. 32, 221 (1948)")
                    .comparedTo(
                            TEXTSTAT + "flesch_reading_ease",
                            READING.formatted("1.1 on reviews, 2.8 on abstracts, 2.4 on sentences"))
                    .made((arguments, resources) -> TextRewards.readingEase()),
            RewardEntry.of("reading_grade", Input.TEXT, "Flesch-Kincaid grade of an English text")
                    .unit("school years")
                    .range("any, mostly 0 .. 20")
                    .lower(Shaping.reverseLinear(6, 18))
                    .definedBy("Kincaid et al., Research Branch Report 8-75, Naval Technical Training (1975)")
                    .comparedTo(
                            TEXTSTAT + "flesch_kincaid_grade",
                            READING.formatted("0.15 on reviews, 0.39 on abstracts, 0.33 on sentences"))
                    .made((arguments, resources) -> TextRewards.grade()),
            RewardEntry.of("regex", Input.TEXT, "whether a regular expression matches, 1 or 0, in linear time")
                    .range("0 or 1")
                    .higher(Shaping.IDENTITY)
                    .needs("pattern", "in RE2's syntax, without look-around and back-references")
                    .takes("match", "part", "part: anywhere in the text, or whole: all of it")
                    .definedBy("Cox, Regular Expression Matching in the Wild (2010), github.com/google/re2/wiki/Syntax")
                    .comparedTo("Python 3.11, re", "equal for 6 patterns" + REAL)
                    .example("regex(pattern='(?i)answer: *[0-9]+')")
                    .made((arguments, resources) -> TextRewards.regex(
                            arguments.getOrDefault("pattern", ""),
                            choice(arguments, "match", Match.class) == Match.WHOLE)),
            RewardEntry.of("json", Input.TEXT, "whether the text is one JSON value, 1 or 0, strictly")
                    .range("0 or 1")
                    .higher(Shaping.IDENTITY)
                    .takes("names", "", "required names of the outermost object, separated by spaces")
                    .definedBy("RFC 8259 (2017)")
                    .comparedTo(
                            "Python 3.11, json.loads without NaN and Infinity",
                            "equal on real, truncated and mutated JSON")
                    .example("json(names='name age')")
                    .made((arguments, resources) -> {
                        String names = arguments.getOrDefault("names", "").strip();
                        return TextRewards.json(names.isEmpty() ? List.of() : List.of(names.split("\\s+")));
                    }));

    private TextEntries() {}

    private enum Match {
        PART,
        WHOLE
    }

    private static RewardEntry rouge(String name, String summary, int n) {
        return RewardEntry.of(name, Input.TEXT, summary)
                .range("0 .. 1")
                .higher(Shaping.IDENTITY)
                .compares("the reference text")
                .takes("measure", "f", "f, precision or recall")
                .takes("stemmer", "no", "yes: words are stemmed first, by Porter's algorithm")
                .definedBy(LIN)
                .comparedTo(ROUGE_SCORE, "equal, with and without stemmer" + REAL)
                .example(name + "(reference='The cat sat on the mat.')")
                .made((arguments, resources) -> {
                    Overlap measure = choice(arguments, "measure", Overlap.class);
                    boolean stemmed = choice(arguments, "stemmer", Answer.class) == Answer.YES;
                    String reference = reference(arguments);
                    return n == 0
                            ? TextRewards.rougeL(measure, stemmed, reference)
                            : TextRewards.rouge(n, measure, stemmed, reference);
                });
    }

    private enum Answer {
        NO,
        YES
    }

    private static Reward length(Map<String, String> arguments, Resources resources) throws IOException {
        return "tokens".equals(arguments.get("unit"))
                ? new TokenLength(PolicyEntries.policy(arguments, resources))
                : TextRewards.length(unit(arguments));
    }

    private static Unit unit(Map<String, String> arguments) {
        return choice(arguments, "unit", Unit.class);
    }

    /** The reference for all texts; null if a column has one for each. */
    private static @Nullable String reference(Map<String, String> arguments) {
        String reference = arguments.getOrDefault(RewardEntry.REFERENCE, "");
        boolean column =
                !arguments.getOrDefault(RewardEntry.REFERENCE_COLUMN, "").isEmpty();
        if (column == !reference.isEmpty()) {
            throw new RequestException("Invalid reference: %s (must be either a text or a reference-column)"
                    .formatted(column ? "both are given" : "none is given"));
        }
        return column ? null : reference;
    }

    private static <E extends Enum<E>> E choice(Map<String, String> arguments, String name, Class<E> choices) {
        String value = arguments.getOrDefault(name, "");
        return EnumText.find(choices, value)
                .orElseThrow(() -> new RequestException(
                        "Invalid %s: %s (must be %s)".formatted(name, value, EnumText.choices(choices))));
    }

    private static int whole(Map<String, String> arguments, String name, int from, int to) {
        String value = arguments.getOrDefault(name, "");
        for (int number = from; number <= to; number++) {
            if (Integer.toString(number).equals(value)) {
                return number;
            }
        }
        throw new RequestException(
                "Invalid %s: %s (must be a whole number, %d to %d)".formatted(name, value, from, to));
    }

    private static double positive(Map<String, String> arguments, String name) {
        String value = arguments.getOrDefault(name, "");
        try {
            double number = Double.parseDouble(value);
            if (number > 0 && Double.isFinite(number)) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new RequestException("Invalid %s: %s (must be a number)".formatted(name, value), e);
        }
        throw new RequestException("Invalid %s: %s (must be above 0)".formatted(name, value));
    }

    /** The lines of a file that are not blank. */
    private static List<String> lines(String file, Resources resources) throws IOException {
        if (file.isEmpty()) {
            return List.of();
        }
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(resources.open(file), StandardCharsets.UTF_8))) {
            List<String> lines = reader.lines().filter(line -> !line.isBlank()).toList();
            if (lines.isEmpty()) {
                throw new MalformedFileException("Cannot read %s: it has no texts".formatted(file));
            }
            return lines;
        }
    }
}
