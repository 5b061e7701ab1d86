package io.solera.reward.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.solera.reward.Reward;
import io.solera.reward.Score;
import io.solera.reward.Status;
import io.solera.reward.catalogue.RewardCall;
import io.solera.reward.catalogue.RewardCatalogue;
import io.solera.reward.text.words.CommonSubsequence;
import io.solera.reward.text.words.Syllables;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TestTextRewards {
    private static Reward create(String call) throws IOException {
        return RewardCatalogue.create(RewardCall.parse(call), Judged.FILES);
    }

    private static double value(String call, String text) throws IOException {
        return create(call).score(List.of(text)).get(0).value();
    }

    private static Status status(String call, String text) throws IOException {
        return create(call).score(List.of(text)).get(0).status();
    }

    @Test
    void lengthsAreOfWordsAndOfCharacters() throws IOException {
        assertThat(value("length", "It's a well-known fact, isn't it?")).isEqualTo(6);
        assertThat(value("length(unit=characters)", "a\ud83d\ude00")).isEqualTo(2);
        assertThat(value("length", "")).isZero();
    }

    @Test
    void punishmentGrowsFromMaxLessCacheToMax() throws IOException {
        String call = "overlong(max=10, cache=4)";
        assertThat(value(call, "a ".repeat(6))).isZero();
        assertThat(value(call, "a ".repeat(7))).isEqualTo(-0.25);
        assertThat(value(call, "a ".repeat(10))).isEqualTo(-1);
        assertThat(value(call, "a ".repeat(1_000))).isEqualTo(-1);
    }

    @Test
    void sharesOfNgrams() throws IOException {
        assertThat(value("distinct(n=1)", "a b a b")).isEqualTo(0.5);
        assertThat(value("distinct(n=2)", "a b a b")).isCloseTo(2 / 3.0, within(1e-15));
        assertThat(value("repetition(n=2)", "a b a b")).isCloseTo(1 / 3.0, within(1e-15));
        assertThat(value("distinct(n=2, unit=characters)", "aaaa")).isCloseTo(1 / 3.0, within(1e-15));
        assertThat(status("distinct(n=3)", "a b")).isEqualTo(Status.NOT_APPLICABLE);
        assertThat(status("distinct(n=3)", " ")).isEqualTo(Status.INVALID_INPUT);
    }

    @Test
    void selfBleuNeedsTwoSentences() throws IOException {
        assertThat(value("self_bleu", "One two three four five. One two three four five."))
                .isCloseTo(100, within(1e-9));
        assertThat(value("self_bleu", "Nothing here. Else was said!")).isLessThan(30);
        assertThat(status("self_bleu", "Only one sentence")).isEqualTo(Status.NOT_APPLICABLE);
        assertThat(status("self_bleu", "\n")).isEqualTo(Status.INVALID_INPUT);
    }

    @Test
    void bleuOfAnEqualTextIsHundredAndOfAForeignOneZero() throws IOException {
        assertThat(value("bleu(reference='a b c d e')", "a b c d e")).isCloseTo(100, within(1e-9));
        assertThat(value("bleu(reference='a b c d e')", "v w x y z")).isZero();
    }

    @Test
    void rougeCountsAsInTheWorkedExample() throws IOException {
        // Lin (2004), section 3.1: "police kill the gunman" beside "police killed the gunman" shares the subsequence of
        // 3 words.
        assertThat(value("rougel(reference='police killed the gunman')", "police kill the gunman"))
                .isEqualTo(0.75);
        assertThat(value("rougel(reference='police killed the gunman')", "the gunman kill police"))
                .isEqualTo(0.5);
        assertThat(value("rouge1(reference='police killed the gunman', stemmer=yes)", "police kill the gunman"))
                .isEqualTo(1);
    }

    @Test
    void bitsFindTheSameSubsequenceAsTheTable() {
        String[] a = new String[300];
        String[] b = new String[500];
        for (int i = 0; i < b.length; i++) {
            b[i] = Integer.toString(i * i % 11 + i / 60);
        }
        for (int i = 0; i < a.length; i++) {
            a[i] = Integer.toString(i * 7 % 13 + i / 90);
        }
        int[][] table = new int[a.length + 1][b.length + 1];
        for (int i = 1; i <= a.length; i++) {
            for (int j = 1; j <= b.length; j++) {
                table[i][j] = a[i - 1].equals(b[j - 1])
                        ? table[i - 1][j - 1] + 1
                        : Math.max(table[i - 1][j], table[i][j - 1]);
            }
        }
        assertThat(CommonSubsequence.length(a, b)).isEqualTo(table[a.length][b.length]);
        assertThat(CommonSubsequence.length(b, b)).isEqualTo(b.length);
    }

    @Test
    void readingEaseOfAWorkedSentence() throws IOException {
        // 6 words, 1 sentence, 6 syllables.
        assertThat(value("reading_ease", "The cat sat on the mat."))
                .isCloseTo(206.835 - 1.015 * 6 - 84.6, within(1e-9));
        assertThat(value("reading_grade", "The cat sat on the mat.")).isCloseTo(0.39 * 6 + 11.8 - 15.59, within(1e-9));
        assertThat(status("reading_ease", "?!")).isEqualTo(Status.INVALID_INPUT);
    }

    @Test
    void syllablesAreThoseOfTheDictionary() {
        assertThat(List.of(
                        "people",
                        "science",
                        "hour",
                        "being",
                        "isn't",
                        "rhythm",
                        "table",
                        "tables",
                        "stretched",
                        "wanted"))
                .extracting(Syllables::of)
                .containsExactly(2, 2, 2, 2, 2, 2, 2, 2, 1, 2);
        assertThat(Syllables.of("3")).isOne();
        assertThat(Syllables.of("zzzqueue")).isPositive();
    }

    @Test
    void expressionsThatMakeOthersHangTakeNoTime() throws IOException {
        String text = "a".repeat(100_000) + "!";
        assertThat(value("regex(pattern='(a+)+$')", text)).isZero();
        assertThat(value("regex(pattern='(a|aa)*b', match=whole)", text)).isZero();
        assertThat(value("regex(pattern='(.*)(.*)(.*)(.*)(.*)[^a]')", text)).isOne();
    }

    @Test
    void aTextTooLongForItsExpressionIsNotApplicable() throws IOException {
        assertThat(status("regex(pattern='[a-z]{900}x')", "a".repeat(1 << 20))).isEqualTo(Status.NOT_APPLICABLE);
    }

    @Test
    void jsonIsAsDeepAsItLikes() throws IOException {
        assertThat(value("json", "[".repeat(400_000) + "]".repeat(400_000))).isOne();
        assertThat(value("json", "[".repeat(400_000) + "]".repeat(399_999))).isZero();
        assertThat(value("json(names='a')", "{\"\\u0061\": 1}")).isOne();
        assertThat(value("json(names='a b')", "{\"a\": {\"b\": 1}}")).isZero();
    }

    @Test
    void nullsAreInvalidInput() throws IOException {
        Reward bleu = create("bleu(reference-column=r)");
        assertThat(bleu.score(Arrays.asList("a", null, "a"), Arrays.asList(null, "a", "a")))
                .extracting(Score::status)
                .containsExactly(Status.INVALID_INPUT, Status.INVALID_INPUT, Status.OK);
        assertThatThrownBy(() -> bleu.score(List.of("a")))
                .hasMessage("Cannot compare: each text needs its reference (from the column)");
        assertThatThrownBy(() -> create("length").score(List.of("a"), List.of("b")))
                .hasMessage("Cannot compare texts: this reward reads only one text per row");
    }

    @Test
    void setsTravelWithTheirReward() throws IOException, ClassNotFoundException {
        Reward reward = create("self_bleu(file=set.txt)");
        List<String> texts = List.of("The cat sat on a dog.", "Another one.");
        List<Score> before = reward.score(texts);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(reward);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            assertThat(((Reward) in.readObject()).score(texts)).isEqualTo(before);
        }
    }

    @Test
    void refusesWhatItCannotUse() {
        assertThatThrownBy(() -> create("length(unit=lines)"))
                .hasMessage("Invalid unit: lines (must be words or characters)");
        assertThatThrownBy(() -> create("distinct(n=0)")).hasMessage("Invalid n: 0 (must be a whole number, 1 to 10)");
        assertThatThrownBy(() -> create("overlong(max=10, cache=20)"))
                .hasMessage("Invalid cache: 20.0 (must be above 0 and at most max, 10.0)");
        assertThatThrownBy(() -> create("overlong(max=many)")).hasMessage("Invalid max: many (must be a number)");
        assertThatThrownBy(() -> create("bleu"))
                .hasMessage("Invalid reference: none is given (must be either a text or a reference-column)");
        assertThatThrownBy(() -> create("rouge1(reference=a, reference-column=b)"))
                .hasMessage("Invalid reference: both are given (must be either a text or a reference-column)");
        assertThatThrownBy(() -> create("rougel(reference=a, measure=f2)"))
                .hasMessage("Invalid measure: f2 (must be f, precision or recall)");
        assertThatThrownBy(() -> create("regex(pattern='(a')"))
                .hasMessageStartingWith("Invalid pattern: (a (must be a regular expression of RE2: ");
        assertThatThrownBy(() -> create("regex(pattern='(?=a)')"))
                .hasMessageStartingWith("Invalid pattern: (?=a) (must be a regular expression of RE2: ");
        assertThatThrownBy(() -> create("regex(pattern='" + "a".repeat(1_001) + "')"))
                .hasMessage("Invalid pattern: 1001 characters (must be 1 to 1000)");
        assertThatThrownBy(() -> create("regex(pattern='((a{100}){100}){100}')"))
                .hasMessageStartingWith("Invalid pattern: ((a{100}){100}){100} (must ");
        assertThatThrownBy(() -> create("self_bleu(file=lost.txt)")).hasMessage("no file lost.txt");
        assertThatThrownBy(() -> create("length(unit=tokens)")).hasMessage("no model reference");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "((((a{100}){100}){100}){100})",
                "((a{1000}){1000}){1000}",
                "(?:[a-z]{500}){500}",
                "(\\pL{999}|b{999}){20}",
                "(?:(?:a{1000}){1000}){1000}",
                "((((((((((a{9}){9}){9}){9}){9}){9}){9}){9}){9}){9})"
            })
    void aPatternThatIsLargeWhenWrittenOutIsRefusedBeforeItIsBuilt(String pattern) {
        assertThatThrownBy(() -> TextRewards.regex(pattern, false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Invalid pattern: %s (must have at most 10000 states)".formatted(pattern));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(ab){3}",
                "[a-z]{1,200}",
                "[]a]{3}x",
                "\\d{3}-\\d{4}",
                "a{,3}",
                "(?i)answer: *[0-9]+",
                "[[:alpha:]]+"
            })
    void thePatternsThatPeopleWriteAreSmall(String pattern) {
        assertThat(ExpandedSize.of(pattern)).isLessThan(1_000);
        assertThat(TextRewards.regex(pattern, false)).isNotNull();
        assertThat(ExpandedSize.of("(ab){3}")).isEqualTo(9);
    }

    @Test
    void aPatternOfNestedGroupsIsReadOrRefused() {
        for (String pattern : List.of(
                "(".repeat(499) + "a" + ")".repeat(499), "(".repeat(1000), "(a|".repeat(300), "[".repeat(1000))) {
            try {
                TextRewards.regex(pattern, false).score(List.of("a"));
            } catch (IllegalArgumentException e) {
                assertThat(e.getMessage()).startsWith("Invalid pattern: ");
            }
        }
    }
}
