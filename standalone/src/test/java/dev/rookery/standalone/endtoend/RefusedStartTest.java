package dev.rookery.standalone.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("What cannot start says why in one line, and exits with an error")
class RefusedStartTest {
    @TempDir
    Path directory;

    private void assertRefused(Path data, String argument, String... named) {
        UpProcess.Ending ending = new UpProcess(data, directory, argument).ended();
        assertThat(ending.exitCode()).isNotZero();
        assertThat(ending.error().lines()).as(ending.error()).hasSize(1);
        assertThat(ending.error()).startsWith("rookery: ").contains(named).doesNotContain("Exception:");
    }

    @Test
    @DisplayName("a port that is taken is named, and so is the way around it")
    void busyPort() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());
            assertRefused(directory.resolve("data"), "--port=" + port, port, "--port");
        }
    }

    @Test
    @DisplayName("a data directory that cannot be made or written is named")
    void unwritable() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "not a directory");
        assertRefused(file, "--host=127.0.0.1", file.toString(), "another");
        assertRefused(file.resolve("data"), "--host=127.0.0.1", file.toString(), "another");
        assertRefused(file, "--fresh", file.toString(), "another");
        assertThat(file).hasContent("not a directory");
    }

    @Test
    @DisplayName("--fresh wipes nothing that is not ours")
    void foreignDirectory() throws IOException {
        Path foreign = Files.createDirectory(directory.resolve("photos"));
        Files.writeString(foreign.resolve("cat.jpg"), "meow");
        assertRefused(foreign, "--fresh", foreign.toString(), "--fresh");
        try (Stream<Path> left = Files.list(foreign)) {
            assertThat(left.map(path -> path.getFileName().toString())).containsExactly("cat.jpg");
        }
    }

    @Test
    @DisplayName("an argument that is wrong is named")
    void wrongArgument() {
        assertRefused(directory.resolve("data"), "--port=99999", "99999");
        assertRefused(directory.resolve("data"), "--frehs", "--frehs");
    }
}
