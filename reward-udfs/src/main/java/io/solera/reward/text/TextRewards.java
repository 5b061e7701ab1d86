package io.solera.reward.text;

import io.solera.reward.Reward;
import io.solera.reward.text.words.Unit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The text rewards of the catalogue. A reference that is null means one for each text. */
public final class TextRewards {
    private TextRewards() {}

    public static Reward length(Unit unit) {
        return new TextReward(new Length(unit));
    }

    /** @param length the reward that measures a text */
    public static Reward overlong(Reward length, double max, double cache) {
        return new Overlong(length, max, cache);
    }

    public static Reward distinct(int n, Unit unit) {
        return new TextReward(new DistinctShare(n, unit, false));
    }

    public static Reward repetition(int n, Unit unit) {
        return new TextReward(new DistinctShare(n, unit, true));
    }

    /** @param set the texts to compare with, none for the text's own sentences */
    public static Reward selfBleu(List<String> set) {
        return new TextReward(new SelfBleu(set));
    }

    public static Reward bleu(@Nullable String reference) {
        return new ComparisonReward(BleuReferences::with, reference);
    }

    /** ROUGE-n. */
    public static Reward rouge(int n, Overlap measure, boolean stemmed, @Nullable String reference) {
        return new ComparisonReward(new Rouge(n, measure, stemmed), reference);
    }

    /** ROUGE-L. */
    public static Reward rougeL(Overlap measure, boolean stemmed, @Nullable String reference) {
        return new ComparisonReward(new Rouge(0, measure, stemmed), reference);
    }

    public static Reward readingEase() {
        return new TextReward(Flesch.READING_EASE);
    }

    public static Reward grade() {
        return new TextReward(Flesch.GRADE);
    }

    public static Reward regex(String pattern, boolean whole) {
        return new TextReward(new RegexMatch(pattern, whole));
    }

    /** @param names what the outermost object must have, none for any JSON */
    public static Reward json(List<String> names) {
        return new TextReward(new JsonValidity(names));
    }
}
