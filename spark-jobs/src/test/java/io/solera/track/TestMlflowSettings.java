package io.solera.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TestMlflowSettings {
    private static MlflowSettings of(String... more) throws LeftTrackerException {
        Map<String, String> environment =
                new HashMap<>(Map.of("MLFLOW_TRACKING_URI", "https://mlflow.test:8443/base/"));
        for (int k = 0; k < more.length; k += 2) {
            environment.put(more[k], more[k + 1]);
        }
        return MlflowSettings.of(environment);
    }

    @Test
    void areThoseOfMlflowsClients() throws LeftTrackerException {
        assertThat(of())
                .isEqualTo(new MlflowSettings(
                        URI.create("https://mlflow.test:8443/base"), "", "", "Default", "", Duration.ofSeconds(20)));
        assertThat(of(
                        "MLFLOW_EXPERIMENT_NAME", "nightly",
                        "MLFLOW_EXPERIMENT_ID", "7",
                        "MLFLOW_RUN_ID", "abc",
                        "MLFLOW_HTTP_REQUEST_TIMEOUT", "3",
                        "MLFLOW_TRACKING_TOKEN", " secret "))
                .isEqualTo(new MlflowSettings(
                        URI.create("https://mlflow.test:8443/base"),
                        "Bearer secret",
                        "7",
                        "nightly",
                        "abc",
                        Duration.ofSeconds(3)));
        assertThat(of("MLFLOW_HTTP_REQUEST_TIMEOUT", "120").timeout()).isEqualTo(Duration.ofSeconds(20));
    }

    @Test
    void aUserWithAPasswordComesBeforeAToken() throws LeftTrackerException {
        assertThat(of(
                                "MLFLOW_TRACKING_TOKEN", "secret",
                                "MLFLOW_TRACKING_USERNAME", "ann",
                                "MLFLOW_TRACKING_PASSWORD", "p w:1")
                        .authorization())
                .isEqualTo("Basic YW5uOnAgdzox");
        assertThat(of("MLFLOW_TRACKING_TOKEN", "secret", "MLFLOW_TRACKING_USERNAME", "ann")
                        .authorization())
                .isEqualTo("Bearer secret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://ann:SECRET@mlflow.test",
                "https://SECRET@mlflow.test:5000/x",
                "http://ann:SEC RET@mlflow.test",
                "http://ann:SECRET%zz@mlflow.test",
                "http://mlflow.test/?token=SECRET",
                "http://mlflow.test/#SECRET",
                "databricks://SECRET@profile",
                "postgresql://ann:SECRET@db/mlflow"
            })
    void noMessageHasWhatMayBeASecret(String uri) {
        assertThatThrownBy(() -> of("MLFLOW_TRACKING_URI", uri))
                .isInstanceOf(LeftTrackerException.class)
                .hasMessageContaining("MLFLOW_TRACKING_URI")
                .message()
                .doesNotContain("SEC", "RET");
    }

    @Test
    void whatIsMissingOrWrongIsNamed() throws LeftTrackerException {
        assertThatThrownBy(() -> MlflowSettings.of(Map.of()))
                .hasMessage("the environment variable MLFLOW_TRACKING_URI is not set"
                        + " (export MLFLOW_TRACKING_URI=http://host:5000)");
        for (String uri : new String[] {"databricks", "sqlite:///mlflow.db", "./mlruns", "file:/x", "http:///x"}) {
            assertThatThrownBy(() -> of("MLFLOW_TRACKING_URI", uri))
                    .hasMessage("MLFLOW_TRACKING_URI is " + uri
                            + " (must be the address of a server, like http://host:5000)");
        }
        assertThatThrownBy(() -> of("MLFLOW_HTTP_REQUEST_TIMEOUT", "soon"))
                .hasMessage("MLFLOW_HTTP_REQUEST_TIMEOUT is soon (must be a number of seconds)");
        assertThatThrownBy(() -> of("MLFLOW_TRACKING_TOKEN", "SEC\nRET"))
                .hasMessageStartingWith("the value of MLFLOW_TRACKING_TOKEN is not a token")
                .message()
                .doesNotContain("SEC");
        assertThat(of("MLFLOW_TRACKING_TOKEN", "SECRET").toString()).doesNotContain("SECRET");
    }
}
