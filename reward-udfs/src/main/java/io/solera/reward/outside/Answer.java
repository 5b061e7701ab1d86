package io.solera.reward.outside;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.solera.lang.Excerpt;
import io.solera.reward.Problems;
import io.solera.reward.Score;
import io.solera.reward.Status;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The scores of a {@link Request}:
 * {@code {"id":1,"scores":[0.5,null],"statuses":["ok","invalid-input"],"reasons":[null,"no molecule"]}}. Statuses and
 * reasons may be left out; a null score without a status is invalid input. A score that is not a finite number has
 * failed.
 */
record Answer(@Nullable Long id, List<Score> scores, List<@Nullable String> reasons) {
    /** Maximum size of an answer in bytes. */
    static final int LIMIT = 1 << 20;
    /** Characters of a reason that are shown. */
    static final int SHOWN = 120;

    Answer {
        scores = List.copyOf(scores);
        reasons = Collections.unmodifiableList(new ArrayList<>(reasons));
    }

    String json(long request) {
        StringBuilder line = new StringBuilder(64).append("{\"id\":").append(request);
        line.append(",\"scores\":[");
        for (int i = 0; i < scores.size(); i++) {
            Score score = scores.get(i);
            line.append(i == 0 ? "" : ",").append(score.present() ? Double.toString(score.value()) : "null");
        }
        line.append("],\"statuses\":[");
        for (int i = 0; i < scores.size(); i++) {
            Request.quote(line.append(i == 0 ? "" : ","), scores.get(i).status().text());
        }
        line.append("],\"reasons\":[");
        for (int i = 0; i < reasons.size(); i++) {
            line.append(i == 0 ? "" : ",");
            String reason = reasons.get(i);
            if (reason == null) {
                line.append("null");
            } else {
                Request.quote(line, reason);
            }
        }
        return line.append("]}").toString();
    }

    /** @param size required number of scores */
    static Answer read(String json, int size) throws LostAnswerException {
        try {
            JsonObject answer = JsonParser.parseString(json).getAsJsonObject();
            JsonArray scores = array(answer, "scores", size);
            if (scores == null) {
                throw unreadable("scores is missing", json);
            }
            JsonArray statuses = array(answer, "statuses", size);
            JsonArray reasons = array(answer, "reasons", size);
            List<Score> read = new ArrayList<>(size);
            List<@Nullable String> why = new ArrayList<>(size);
            for (int i = 0; i < size; i++) {
                JsonElement score = scores.get(i);
                Score value = score(score, text(statuses, i));
                String reason = text(reasons, i);
                boolean noNumber = value.status() == Status.FAILED && !score.isJsonNull();
                read.add(value);
                why.add(reason == null && noNumber ? "the score is " + Excerpt.of(score.toString(), SHOWN) : reason);
            }
            JsonElement id = answer.get("id");
            return new Answer(id == null ? null : id.getAsLong(), read, why);
        } catch (JsonParseException
                | IllegalStateException
                | IllegalArgumentException
                | UnsupportedOperationException
                | StackOverflowError e) {
            throw unreadable("must be one JSON object per line, and nothing else", json);
        }
    }

    private static Score score(JsonElement score, @Nullable String status) {
        if (status != null && Status.parse(status) != Status.OK) {
            return Score.missing(Status.parse(status));
        }
        if (score.isJsonNull()) {
            return Score.missing(status == null ? Status.INVALID_INPUT : Status.FAILED);
        }
        boolean number = score.isJsonPrimitive() && score.getAsJsonPrimitive().isNumber();
        return Score.of(number ? score.getAsDouble() : Double.NaN);
    }

    private static @Nullable JsonArray array(JsonObject answer, String name, int size) throws LostAnswerException {
        JsonElement array = answer.get(name);
        if (array == null || array.isJsonNull()) {
            return null;
        }
        if (array.getAsJsonArray().size() != size) {
            throw LostAnswerException.failed("Cannot use an answer: %d %s for %d texts"
                    .formatted(array.getAsJsonArray().size(), name, size));
        }
        return array.getAsJsonArray();
    }

    private static @Nullable String text(@Nullable JsonArray array, int i) {
        return array == null || array.get(i).isJsonNull() ? null : array.get(i).getAsString();
    }

    private static LostAnswerException unreadable(String why, String json) {
        return LostAnswerException.failed("Cannot read an answer: %s (%s)".formatted(why, Excerpt.of(json, SHOWN)));
    }

    /** Records which of the texts made the program fail, and why. */
    void note(List<String> texts, Problems problems) {
        for (int i = 0; i < texts.size(); i++) {
            Status status = scores.get(i).status();
            if (status == Status.FAILED || status == Status.TIMED_OUT) {
                String reason = reasons.get(i);
                problems.note(texts.get(i), reason == null ? status.text() : Excerpt.of(reason, SHOWN));
            }
        }
    }
}
