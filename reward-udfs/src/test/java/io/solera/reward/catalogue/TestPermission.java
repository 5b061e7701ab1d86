package io.solera.reward.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TestPermission {
    @Test
    void readsWords() {
        assertThat(Permission.parse("")).isEmpty();
        assertThat(Permission.parse("torchscript, programs"))
                .containsExactlyInAnyOrder(Permission.PROGRAMS, Permission.TORCHSCRIPT);
        assertThatThrownBy(() -> Permission.parse("programs,code"))
                .hasMessage("Invalid allow: code (must be programs or torchscript)");
    }

    @Test
    void modelsThatHoldCodeMustBeAllowed() {
        RewardCall call = RewardCall.parse(RewardCatalogue.entry("torchscript").example());

        assertThatThrownBy(() -> RewardCatalogue.create(call, FilesBeside.FILES))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot use torchscript: a TorchScript module is code (allow it: --allow torchscript,"
                        + " allow: [torchscript] in a job, or spark.solera.sql.allow=torchscript for SQL)");
    }
}
