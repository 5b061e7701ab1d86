package io.solera.store;

import io.solera.store.storage.Storage;
import java.io.IOException;
import java.util.Optional;

/**
 * The rounds of a run that is about to be resumed, which are checked before anything is trained: the last one by the
 * hashes of all its files; those before it by their manifests, the sizes of their files, and the hashes of the policies
 * and states that are kept. Damage is an error that says how to go back to a round that is whole.
 */
record ResumedRounds(Storage storage, Rounds rounds) {
    /** The last committed round, from which the run continues. */
    Optional<CommittedRound> last() throws IOException {
        Optional<CommittedRound> found = rounds.lastManifest(this::damaged);
        if (found.isPresent()) {
            CommittedRound last = found.get();
            for (int round = 0; round < last.round(); round++) {
                check(round, last.round());
            }
            try {
                last.verify();
                requirePolicy(last);
            } catch (DamagedRunException e) {
                throw damaged(e, last.round(), last.round());
            }
        }
        return found;
    }

    private void check(int round, int last) throws IOException {
        try {
            rounds.read(round).verifyKept();
        } catch (DamagedRunException e) {
            throw damaged(e, round, last);
        }
    }

    private void requirePolicy(CommittedRound last) throws DamagedRunException {
        for (String folder : Rounds.PRUNED) {
            if (last.isPruned(folder)) {
                throw new DamagedRunException(
                        last.round(),
                        "%s was removed, as keep-rounds asks".formatted(storage.shown(last.path(folder))));
            }
        }
    }

    private DamagedRunException damaged(DamagedRunException why, int round, int last) throws IOException {
        Optional<Integer> back = before(round);
        if (back.isEmpty()) {
            return why.with(
                    "put it back from a copy; no round before it has its policy: else --overwrite starts again");
        }
        String first = storage.shown(rounds.folder(back.get() + 1));
        String folders =
                back.get() + 1 == last ? "deleting " + first : "deleting %s and what comes after it".formatted(first);
        return why.with("put it back from a copy; or %s goes back to round %d".formatted(folders, back.get()));
    }

    /** The last round before another that is whole, and from which a run can continue. */
    private Optional<Integer> before(int damaged) throws IOException {
        for (int round = damaged - 1; round >= 0; round--) {
            try {
                CommittedRound whole = rounds.read(round).verify();
                if (Rounds.PRUNED.stream().noneMatch(whole::isPruned)) {
                    return Optional.of(round);
                }
            } catch (DamagedRunException e) {
                // then an earlier one
            }
        }
        return Optional.empty();
    }
}
