package io.solera.train.rollout;

import io.solera.config.PromptSettings;
import io.solera.text.SpecialTokens;
import java.util.Arrays;
import java.util.Optional;

/**
 * What the network reads of a prompt: the begin token, where the model has one, and as many of its tokens as there is
 * room for.
 *
 * @param cut whether there were more
 */
public record PromptTokens(int[] tokens, boolean cut) {
    /**
     * @param asked the tokens of its text
     * @param written whether a chat template wrote it: the begin token is there then where the model wants it, and is
     *     not added
     * @param room tokens that fit after the begin token
     * @return empty where nothing is asked, or there is no room
     */
    public static Optional<PromptTokens> of(
            int[] asked, boolean written, SpecialTokens special, PromptSettings.Side side, int room) {
        Integer begin = special.begin();
        boolean there = written && begin != null && asked.length > 0 && asked[0] == begin;
        int[] text = there ? Arrays.copyOfRange(asked, 1, asked.length) : asked;
        if (text.length == 0 || room < 1) {
            return Optional.empty();
        }
        int[] kept = side.cut(text, room);
        return Optional.of(new PromptTokens(written && !there ? kept : special.prompt(kept), text.length > room));
    }
}
