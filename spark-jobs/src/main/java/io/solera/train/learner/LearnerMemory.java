package io.solera.train.learner;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

/** What a learner remembers from step to step beside its parameters: what its diversity filter has met, and its best molecules. */
public record LearnerMemory(DiversityMemory diversity, ReplayMemory replay) {
    static final LearnerMemory EMPTY = new LearnerMemory(DiversityMemory.EMPTY, ReplayMemory.EMPTY);

    boolean isEmpty() {
        return diversity.isEmpty() && replay.entries().isEmpty();
    }

    /** The same with a diversity filter that has met nothing. */
    public LearnerMemory purged() {
        return new LearnerMemory(DiversityMemory.EMPTY, replay);
    }

    /** The memory as JSON in one line. */
    String text() {
        JsonObject json = diversity.json();
        json.add("replay", replay.json());
        return json.toString();
    }

    static LearnerMemory of(String text) {
        JsonObject json = JsonParser.parseString(text).getAsJsonObject();
        return new LearnerMemory(DiversityMemory.of(json), ReplayMemory.of(json.getAsJsonArray("replay")));
    }
}
