package com.freshtrack.infra.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.freshtrack.infra.engine.Checkout;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What a person sees of monitoring, where Grafana and a browser are at hand. */
@Tag("monitoring")
@ExtendWith(SharedProduct.class)
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class GrafanaPictureTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @Test
    void everyDashboardHasItsPicture(Product product, @TempDir Path temporary) throws IOException {
        onlyWhere(
                !product.stack().get("grafanaImage").startsWith("freshtrack-standin/"),
                "Grafana's image is a stand-in, which shows no dashboard");
        var driver = GrafanaBrowser.driver();
        onlyWhere(driver.isPresent(), "there is no chromedriver in PATH, so no browser to look with");
        var grafana = product.stack().output("grafanaUrl").asText();
        var password =
                product.docker("exec", product.container("grafana"), "cat", "/run/secrets/grafana_admin_password");

        for (var query : MonitoringFilesTest.queries("prometheus", "Pools")) {
            MonitoringTest.awaitData(product, query);
        }
        try (var browser = new GrafanaBrowser(driver.get(), grafana, temporary)) {
            takePictures(browser, password);
        }
    }

    private static void takePictures(GrafanaBrowser browser, String password) throws IOException {
        MonitoringTest.await(LIMIT, () -> browser.signIn("admin", password));
        for (var dashboard : MonitoringFilesTest.dashboards()) {
            var picture =
                    Checkout.file("target/pictures/" + dashboard.path("uid").asText() + ".png");
            browser.open(dashboard);
            try {
                MonitoringTest.await(LIMIT, () -> browser.missing(dashboard));
                // A panel that hasn't asked yet looks as if it had ended.
                Product.pause(Duration.ofSeconds(3));
                MonitoringTest.await(LIMIT, () -> browser.missing(dashboard));
            } finally {
                browser.savePicture(picture);
            }
            System.out.println("picture of dashboard " + dashboard.path("title").asText() + ": " + picture);
            assertThat(colours(picture)).as("colours of %s", picture).isGreaterThan(20);
            if (dashboard.path("title").asText().equals("Pools")) {
                assertThat(browser.panelsWithoutData())
                        .as("panels of Pools without data")
                        .isZero();
            }
        }
    }

    private static long colours(Path picture) throws IOException {
        BufferedImage image = ImageIO.read(picture.toFile());
        return IntStream.range(0, image.getWidth() * image.getHeight())
                .map(i -> image.getRGB(i % image.getWidth(), i / image.getWidth()))
                .distinct()
                .count();
    }

    /** The reason is printed as well, because Maven's report shows none. */
    private static void onlyWhere(boolean possible, String otherwise) {
        if (!possible) {
            System.out.println("SKIPPED: no picture of Grafana is taken: " + otherwise);
        }
        assumeTrue(possible, otherwise);
    }
}
