package io.solera.train.history;

/**
 * What a round's metrics say of its stage.
 *
 * @param index from 0
 * @param round of the stage, from 1
 * @param score that its target is compared with; NaN without an evaluation
 * @param ended whether it ended with the round
 */
public record RoundStage(int index, String name, int round, double score, boolean ended) {}
