package com.freshtrack.infra.e2e;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import okhttp3.OkHttpClient;

/** Trust in one authority and no other. */
record FrontDoorTrust(SSLContext context, X509TrustManager manager) {
    /**
     * A client, yet to be finished, that trusts nothing else; {@code host} is the name that it asks servers for, all of which
     * are behind loopback.
     */
    OkHttpClient.Builder client(String host) {
        return new OkHttpClient.Builder()
                .dns(name -> List.of(InetAddress.getLoopbackAddress()))
                .sslSocketFactory(new NamedSockets(context.getSocketFactory(), host), manager);
    }

    /** Trusts the authority whose certificate this is, in PEM. */
    static FrontDoorTrust of(String certificate) {
        try {
            var store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            store.setCertificateEntry(
                    "authority",
                    CertificateFactory.getInstance("X.509")
                            .generateCertificate(
                                    new ByteArrayInputStream(certificate.getBytes(StandardCharsets.US_ASCII))));
            var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            var context = SSLContext.getInstance("TLS");
            context.init(null, factory.getTrustManagers(), null);
            return new FrontDoorTrust(context, (X509TrustManager) factory.getTrustManagers()[0]);
        } catch (GeneralSecurityException | IOException e) {
            throw new AssertionError("Caddy's authority can't be read", e);
        }
    }
}
