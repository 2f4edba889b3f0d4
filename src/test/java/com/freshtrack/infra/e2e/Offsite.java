package com.freshtrack.infra.e2e;

import com.freshtrack.infra.engine.Checkout;
import com.freshtrack.infra.engine.Docker;
import com.freshtrack.infra.engine.TestStack;
import java.util.Arrays;
import java.util.List;

/**
 * An S3 service outside of the product, on the network that leads out, and the key pair of the backups that go there. Every
 * product is configured for it; it runs only where a test starts it.
 */
final class Offsite implements AutoCloseable {
    static final String BUCKET = "backups";
    static final String ACCESS_KEY = "offsite";
    static final String SECRET_KEY = "SecretKeyOfTheOffsite0001";

    private final String name;

    private Offsite(String name) {
        this.name = name;
    }

    /** A key pair of GnuPG, armored. */
    record KeyPair(String publicKey, String privateKey) {
        /** Made in a container that is gone afterwards: the tools are in the image. */
        static KeyPair generate() {
            var made = Docker.run(
                    "run",
                    "--rm",
                    "--network",
                    "none",
                    "--entrypoint",
                    "sh",
                    Checkout.images().get("backupImage"),
                    "-euc",
                    """
                    export GNUPGHOME=$(mktemp -d)
                    gpg --batch --quiet --passphrase '' --quick-generate-key test@freshtrack.invalid future-default default never 2>/dev/null
                    gpg --armor --export
                    gpg --batch --armor --export-secret-keys
                    """);
            var second = made.indexOf("-----BEGIN PGP PRIVATE");
            return new KeyPair(
                    made.substring(0, second).strip() + "\n",
                    made.substring(second).strip() + "\n");
        }
    }

    /** One pair for all; the private half is nowhere but in this process and what it is given to. */
    static KeyPair keys() {
        return Keys.PAIR;
    }

    /** Made when they are first asked for. */
    private static final class Keys {
        private static final KeyPair PAIR = KeyPair.generate();
    }

    /** Tells a stack to make backups, and to keep them here too. */
    static void configure(TestStack stack) {
        stack.set("backup", "true");
        stack.set("backupS3Endpoint", "http://offsite:9000");
        stack.set("backupS3Bucket", BUCKET);
        stack.set("backupPublicKey", keys().publicKey());
        stack.setSecret("backupS3AccessKey", ACCESS_KEY);
        stack.setSecret("backupS3SecretKey", SECRET_KEY);
    }

    /** Starts it beside a product, with its bucket. */
    static Offsite start(Product product) {
        return start(product.stack().prefix() + "offsite", product.stack().prefix() + "edge");
    }

    /** Starts it in a network, with its bucket. */
    static Offsite start(String name, String network) {
        var offsite = new Offsite(name);
        Docker.run(
                "run",
                "--detach",
                "--name",
                offsite.name,
                "--network",
                network,
                "--network-alias",
                "offsite",
                "--env",
                "MINIO_ROOT_USER=" + ACCESS_KEY,
                "--env",
                "MINIO_ROOT_PASSWORD=" + SECRET_KEY,
                Checkout.images().get("minioImage"),
                "server",
                "/data");
        offsite.run("sh", "-c", "until mc ready local; do sleep 0.1; done");
        offsite.run(
                "sh",
                "-c",
                "MC_HOST_local=http://$MINIO_ROOT_USER:$MINIO_ROOT_PASSWORD@localhost:9000 mc mb --ignore-existing local/"
                        + BUCKET);
        return offsite;
    }

    /** The name of its container. */
    String name() {
        return name;
    }

    /** Whether it was started beside this product. */
    boolean isBeside(Product product) {
        return name.startsWith(product.stack().prefix());
    }

    /** Where it answers, from every network that reaches its own. */
    String url() {
        return "http://" + Docker.inspect("{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}", name) + ":9000";
    }

    /** Stops answering, as a service that is down does. */
    void stop() {
        Docker.run("stop", "--time", "1", name);
    }

    void startAgain() {
        Docker.run("start", name);
        run("sh", "-c", "until mc ready local; do sleep 0.1; done");
    }

    /** The names of the objects in the bucket below a folder. */
    List<String> objects(String folder) {
        return Arrays.stream(run("sh", "-c", "ls /data/" + BUCKET + "/" + folder + " 2>/dev/null || :")
                        .split("\\s+"))
                .filter(object -> !object.isEmpty())
                .sorted()
                .toList();
    }

    /** Runs a command where the bucket is a folder, {@code /data/backups}. */
    String run(String... command) {
        var arguments = new String[command.length + 2];
        arguments[0] = "exec";
        arguments[1] = name;
        System.arraycopy(command, 0, arguments, 2, command.length);
        return Docker.run(arguments);
    }

    @Override
    public void close() {
        Docker.run("rm", "--force", "--volumes", name);
    }
}
