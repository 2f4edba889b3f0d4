package com.freshtrack.dev.plugins.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Empty;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import pulumirpc.ResourceProviderGrpc;

/** The server as a process of its own. */
class PluginServerTest {

    private static final String JAVA = System.getProperty("java.home") + "/bin/java";

    @Test
    @Timeout(60)
    void printsItsPortServesAndEndsWithItsParent() throws Exception {
        // The shell is the parent, as the engine is; the wait keeps it from becoming the server by exec.
        Process parent = new ProcessBuilder(
                        "sh",
                        "-c",
                        "\"$@\" & wait $!",
                        "sh",
                        JAVA,
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        PluginServer.class.getName(),
                        "random")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (var stdout = new BufferedReader(new InputStreamReader(parent.getInputStream(), StandardCharsets.UTF_8))) {
            int port = Integer.parseInt(stdout.readLine());
            assertThat(version(port)).isEqualTo("4.21.1");
            List<ProcessHandle> servers = parent.descendants().toList();
            assertThat(servers).hasSize(1);

            parent.destroyForcibly().waitFor();

            servers.get(0).onExit().get(20, TimeUnit.SECONDS);
        }
    }

    private static String version(int port) throws InterruptedException {
        ManagedChannel channel =
                NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
        try {
            return ResourceProviderGrpc.newBlockingStub(channel)
                    .getPluginInfo(Empty.getDefaultInstance())
                    .getVersion();
        } finally {
            channel.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
        }
    }
}
