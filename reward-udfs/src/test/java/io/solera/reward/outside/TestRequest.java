package io.solera.reward.outside;

import static org.assertj.core.api.Assertions.assertThat;

import io.solera.reward.Score;
import io.solera.reward.Status;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class TestRequest {
    @Test
    void isALineOfAscii() {
        Request request = new Request(3, List.of("CC\\C", "\"\n\u00e9\ud800"));
        assertThat(request.json()).isEqualTo("{\"id\":3,\"texts\":[\"CC\\\\C\",\"\\\"\\u000a\\u00e9\\ud800\"]}");
        assertThat(Request.read(request.json())).isEqualTo(request);
    }

    @Test
    void answersKeepEveryBit() throws LostAnswerException {
        Answer answer = new Answer(
                3L,
                List.of(
                        Score.of(0.1 + 0.2),
                        Score.of(-0.0),
                        Score.of(Double.MIN_VALUE),
                        Score.missing(Status.TIMED_OUT)),
                Arrays.asList(null, null, null, "slow"));
        assertThat(answer.json(3))
                .isEqualTo("{\"id\":3,\"scores\":[0.30000000000000004,-0.0,4.9E-324,null],"
                        + "\"statuses\":[\"ok\",\"ok\",\"ok\",\"timed-out\"],\"reasons\":[null,null,null,\"slow\"]}");
        assertThat(Answer.read(answer.json(3), 4)).isEqualTo(answer);
    }
}
