package io.solera.train.update;

import io.solera.checkpoint.Policy;
import io.solera.meter.Work;
import io.solera.model.Likelihood;
import io.solera.model.Network;
import io.solera.rl.BlockVector;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Some samples of a rollout under the reference, and under the policy where that is asked for.
 *
 * @param reference log-probabilities [b][t] under the reference
 * @param old log-probabilities [b][t] under the policy as it is before the step; [b][0] where no pass was asked for
 * @param hidden states [b][T_b x D, row-major] of the reference, if critics read them; else empty
 * @param values [b][t] of each critic, by its objective
 */
record Seen(float[][] reference, float[][] old, float[][] hidden, Map<String, float[][]> values)
        implements Serializable {
    /** Reads what a network holds of the policy. */
    interface Composed {
        BlockVector read() throws IOException;
    }

    /**
     * Parts of a rollout under the reference, all of them, and then under the policy, so that a network is filled at
     * most twice.
     *
     * @param composed read only where a part asks for the policy
     */
    static List<Seen> of(
            List<RolloutPart> rollout,
            Network network,
            Likelihood likelihood,
            Policy reference,
            Composed composed,
            Critics critics)
            throws IOException {
        network.set(reference, reference.initial().whole());
        Work.PASSES.add(rollout.size());
        List<Likelihood.States> ofReference = rollout.stream()
                .map(part -> likelihood.states(part.sequences(), critics.readReference()))
                .toList();
        if (rollout.stream().anyMatch(RolloutPart::underPolicy)) {
            network.set(reference, composed.read());
        }
        List<Seen> seen = new ArrayList<>();
        for (int k = 0; k < rollout.size(); k++) {
            Likelihood.States before = ofReference.get(k);
            if (rollout.get(k).underPolicy()) {
                Work.PASSES.add(1);
                Likelihood.States now = likelihood.states(rollout.get(k).sequences(), critics.readPolicy());
                seen.add(new Seen(
                        before.logProbabilities(),
                        now.logProbabilities(),
                        before.hidden(),
                        critics.values(critics.readPolicy() ? now.hidden() : before.hidden())));
            } else {
                float[][] none = new float[before.logProbabilities().length][0];
                seen.add(new Seen(before.logProbabilities(), none, before.hidden(), critics.values(before.hidden())));
            }
        }
        return seen;
    }

    /** The same without the hidden states, which stay where they are. */
    Seen withoutHidden() {
        return new Seen(reference, old, new float[0][], values);
    }

    /** The samples of all, one after the other. */
    static Seen joined(List<Seen> parts) {
        Map<String, float[][]> values = new LinkedHashMap<>();
        for (String name : parts.isEmpty()
                ? List.<String>of()
                : List.copyOf(parts.get(0).values.keySet())) {
            values.put(name, rows(parts, part -> part.values.getOrDefault(name, new float[0][])));
        }
        return new Seen(rows(parts, Seen::reference), rows(parts, Seen::old), rows(parts, Seen::hidden), values);
    }

    private static float[][] rows(List<Seen> parts, Function<Seen, float[][]> of) {
        return parts.stream().flatMap(part -> Arrays.stream(of.apply(part))).toArray(float[][]::new);
    }
}
