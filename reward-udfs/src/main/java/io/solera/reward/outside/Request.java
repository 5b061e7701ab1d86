package io.solera.reward.outside;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.List;

/** Texts to score: {@code {"id":1,"texts":["CCO","CCN"]}}, one line of ASCII without its end. */
record Request(long id, List<String> texts) {
    Request {
        texts = List.copyOf(texts);
    }

    String json() {
        StringBuilder line = new StringBuilder(64).append("{\"id\":").append(id).append(",\"texts\":[");
        for (int i = 0; i < texts.size(); i++) {
            quote(line.append(i == 0 ? "" : ","), texts.get(i));
        }
        return line.append("]}").toString();
    }

    static Request read(String json) {
        JsonObject request = JsonParser.parseString(json).getAsJsonObject();
        List<String> texts = new ArrayList<>();
        for (JsonElement text : request.getAsJsonArray("texts")) {
            texts.add(text.getAsString());
        }
        return new Request(request.get("id").getAsLong(), texts);
    }

    /** As JSON with all non-ASCII characters escaped, so that encodings and unpaired surrogates do not matter. */
    static void quote(StringBuilder line, String text) {
        line.append('"');
        for (int k = 0; k < text.length(); k++) {
            char c = text.charAt(k);
            if (c == '"' || c == '\\') {
                line.append('\\').append(c);
            } else if (c < ' ' || c > '~') {
                line.append("\\u");
                for (int shift = 12; shift >= 0; shift -= 4) {
                    line.append(Character.forDigit((c >> shift) & 15, 16));
                }
            } else {
                line.append(c);
            }
        }
        line.append('"');
    }
}
