package com.freshtrack.infra.e2e;

import com.freshtrack.infra.engine.Shell;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.subethamail.smtp.auth.EasyAuthenticationHandlerFactory;
import org.subethamail.smtp.auth.LoginFailedException;
import org.subethamail.smtp.server.SMTPServer;

/** A mail server on loopback that takes mail over TLS from one login only, as those of providers do. */
final class MailServer implements AutoCloseable {
    private static final String STORE_PASSWORD = "for-tests-only";

    private final BlockingQueue<Mail> mails = new LinkedBlockingQueue<>();
    private final Path certificate;
    private final SMTPServer server;

    /** One mail as it came in: the envelope's addresses, and headers and body in the {@code text}. */
    record Mail(String from, String to, String text) {}

    private MailServer(Path directory, String user, String password) throws IOException, GeneralSecurityException {
        var store = directory.resolve("mail.p12");
        certificate = directory.resolve("mail.crt");
        keytool(store, "-genkeypair", "-keyalg", "RSA", "-dname", "CN=localhost", "-ext", "san=dns:localhost");
        keytool(store, "-exportcert", "-rfc", "-file", certificate.toString());
        server = SMTPServer.port(0)
                .bindAddress(InetAddress.getLoopbackAddress())
                .hostName("localhost")
                .enableTLS()
                .requireTLS()
                .requireAuth()
                .startTlsSocketFactory(context(store))
                .authenticationHandlerFactory(
                        new EasyAuthenticationHandlerFactory((givenUser, givenPassword, session) -> {
                            if (!givenUser.equals(user) || !givenPassword.equals(password)) {
                                throw new LoginFailedException("not " + user + " or not its password");
                            }
                        }))
                .messageHandler((session, from, to, data) ->
                        mails.add(new Mail(from, to, new String(data, StandardCharsets.UTF_8))))
                .build();
        server.start();
    }

    /** Starts one whose key and certificate, of its own making, lie in a directory. */
    static MailServer start(Path directory, String user, String password) throws IOException, GeneralSecurityException {
        return new MailServer(directory, user, password);
    }

    /** The PEM file that a client must trust. */
    Path certificate() {
        return certificate;
    }

    int port() {
        return server.getPortAllocated();
    }

    /** The next mail that comes in; null when none does within the time. */
    Mail next(Duration limit) throws InterruptedException {
        return mails.poll(limit.toSeconds(), TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        server.stop();
    }

    private static void keytool(Path store, String... arguments) {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(arguments));
        command.addAll(List.of("-alias", "mail", "-keystore", store.toString(), "-storepass", STORE_PASSWORD));
        var result = Shell.run(Duration.ofSeconds(30), "", command, Map.of());
        if (!result.succeeded()) {
            throw new AssertionError("keytool: " + result.output());
        }
    }

    private static SSLContext context(Path store) throws IOException, GeneralSecurityException {
        var keys = KeyStore.getInstance("PKCS12");
        try (var file = Files.newInputStream(store)) {
            keys.load(file, STORE_PASSWORD.toCharArray());
        }
        var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, STORE_PASSWORD.toCharArray());
        var context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }
}
