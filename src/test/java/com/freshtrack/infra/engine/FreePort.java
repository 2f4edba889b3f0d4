package com.freshtrack.infra.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports of this machine's loopback for what a test starts later. Not those that the kernel gives to whoever asks for any, and to every
 * connection's near end: such a port may be taken by the time that it is listened at.
 */
public final class FreePort {
    private static final int LOWEST = 10_000;

    /** The first and the last of the kernel's own: https://www.kernel.org/doc/html/latest/networking/ip-sysctl.html */
    private static final Path RANGE = Path.of("/proc/sys/net/ipv4/ip_local_port_range");

    private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

    private FreePort() {}

    /** A port that nobody listens at, by TCP or UDP, and that this run was not given before. */
    public static int any() {
        var end = firstOfTheKernels();
        for (var attempt = 0; attempt < 1_000; attempt++) {
            var port = ThreadLocalRandom.current().nextInt(LOWEST, end);
            if (isFree(port) && GIVEN.add(port)) {
                return port;
            }
        }
        throw new AssertionError("no free port found between " + LOWEST + " and " + end);
    }

    private static boolean isFree(int port) {
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        try (var stream = new ServerSocket();
                var datagrams = new DatagramSocket(null)) {
            stream.bind(address);
            datagrams.bind(address);
            return true;
        } catch (IOException taken) {
            return false;
        }
    }

    private static int firstOfTheKernels() {
        try {
            // Not readString, which asks for one byte first: the kernel gives the rest to nobody.
            return Integer.parseInt(Files.readAllLines(RANGE).get(0).split("\\s+")[0]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
