package io.solera.train.learner;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.solera.store.DamagedRunException;
import io.solera.store.RecordJson;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/**
 * What a learner remembers from step to step next to its parameters: what its diversity filter has met, and its best
 * molecules.
 */
public record LearnerMemory(DiversityMemory diversity, ReplayMemory replay) {
    /** That of a learner which has met nothing. */
    public static final LearnerMemory EMPTY = new LearnerMemory(DiversityMemory.EMPTY, ReplayMemory.EMPTY);

    boolean isEmpty() {
        return diversity.isEmpty() && replay.entries().isEmpty();
    }

    /** The same with a diversity filter that has met nothing. */
    public LearnerMemory purged() {
        return new LearnerMemory(DiversityMemory.EMPTY, replay);
    }

    /** The memory as JSON in one line. */
    String text() {
        return RecordJson.write(
                        new MemoryRecord(List.copyOf(diversity.molecules()), diversity.buckets(), replay.records()))
                .toString();
    }

    /** @param location of the state, for messages */
    static LearnerMemory read(Optional<String> text, String location) throws IOException {
        return text.isPresent() ? of(text.get(), location) : EMPTY;
    }

    /** @param location of the state, for messages */
    static LearnerMemory of(String text, String location) throws IOException {
        JsonObject json = DamagedRunException.reading(
                location, () -> JsonParser.parseString(text).getAsJsonObject());
        MemoryRecord record = RecordJson.read(json, MemoryRecord.class, location);
        return new LearnerMemory(
                new DiversityMemory(new LinkedHashSet<>(record.molecules()), record.buckets()),
                ReplayMemory.of(record.replay()));
    }
}
