package io.solera.meter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code nvidia-smi} says of a GPU. */
class TestGpuMemory {
    @TempDir
    private Path folder;

    private String program(String text) throws IOException {
        Path program = Files.writeString(folder.resolve("smi"), "#!/bin/sh\n" + text + "\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        return program.toString();
    }

    @Test
    void mebibytesBecomeBytesAndAProgramIsNotAskedTwiceInARow() throws IOException {
        String program = program("echo asked \"$1\" >>%s/asked; echo '1234, 143771'".formatted(folder));
        GpuMemory memory = new GpuMemory(program, "3");
        assertThat(memory.now()).isEqualTo(new GpuMemory.Reading(1234.0 * 1048576, 143771.0 * 1048576));
        assertThat(memory.now().used()).isEqualTo(1293942784.0);
        assertThat(folder.resolve("asked")).hasContent("asked --id=3");
    }

    @Test
    void whatCannotBeReadIsNoNumber() throws IOException {
        assertThat(new GpuMemory(program("exit 9"), "0").now()).isEqualTo(GpuMemory.Reading.NONE);
        assertThat(new GpuMemory(folder.resolve("nothing").toString(), "0").now())
                .isEqualTo(GpuMemory.Reading.NONE);
        assertThat(GpuMemory.Reading.of("[N/A], [N/A]\n")).isEqualTo(GpuMemory.Reading.NONE);
        assertThat(GpuMemory.Reading.of("No devices were found")).isEqualTo(GpuMemory.Reading.NONE);
    }
}
