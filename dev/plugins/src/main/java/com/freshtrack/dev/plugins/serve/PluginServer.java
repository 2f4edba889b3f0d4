package com.freshtrack.dev.plugins.serve;

import com.freshtrack.dev.plugins.command.CommandPlugin;
import com.freshtrack.dev.plugins.docker.DockerPlugin;
import com.freshtrack.dev.plugins.random.RandomPlugin;
import com.freshtrack.dev.plugins.simulated.SimulatedPlugin;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.Executors;

/**
 * Serves one provider to the Pulumi engine: prints its port on the first line of standard output and ends with its parent.
 *
 * <p>The protocol is https://github.com/pulumi/pulumi/blob/master/proto/pulumi/provider.proto .
 */
public final class PluginServer {

    private static final int MAX_MESSAGE_BYTES = 400 * 1024 * 1024;
    private static final String USAGE = "usage: java -jar freshtrack-plugins.jar docker|command|random|aws|digitalocean"
            + " [ENGINE-ADDRESS]\nServes that Pulumi provider on a loopback port and prints the port.";

    private PluginServer() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (arguments.length == 0 || arguments[0].equals("--help")) {
            System.err.println(USAGE);
            System.exit(arguments.length == 0 ? 2 : 0);
        }
        EngineLog log = EngineLog.at(engineAddress(arguments));
        Plugin plugin = plugin(arguments[0]);
        Server server = NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", 0))
                .maxInboundMessageSize(MAX_MESSAGE_BYTES)
                .executor(Executors.newCachedThreadPool())
                .addService(new ProviderService(plugin, log))
                .build()
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(plugin::cancel));
        // The engine is the parent: when it is gone, killed or not, nobody needs this process.
        ProcessHandle.current()
                .parent()
                .ifPresentOrElse(parent -> parent.onExit().thenRun(() -> System.exit(0)), () -> {
                    System.err.println("no parent process");
                    System.exit(1);
                });
        System.out.println(server.getPort());
        System.out.flush();
        server.awaitTermination();
    }

    private static String engineAddress(String[] arguments) {
        for (int i = 1; i < arguments.length; i++) {
            if (!arguments[i].startsWith("-")) {
                return arguments[i];
            }
        }
        return "";
    }

    private static Plugin plugin(String name) {
        return switch (name) {
            case "docker" -> new DockerPlugin();
            case "command" -> new CommandPlugin();
            case "random" -> new RandomPlugin();
            case "aws", "digitalocean" -> SimulatedPlugin.of(name, System.getenv());
            default -> throw new IllegalArgumentException("unknown provider: " + name + "\n" + USAGE);
        };
    }
}
