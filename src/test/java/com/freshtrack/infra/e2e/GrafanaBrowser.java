package com.freshtrack.infra.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/** Grafana in a Chromium without a window. Its elements have the names that @grafana/e2e-selectors 13.2.0 knows them by. */
final class GrafanaBrowser implements AutoCloseable {
    /** Pixels of a row of a dashboard's grid; and of what is around them, the frame of the window with it. */
    private static final int ROW = 38;

    private static final int EDGES = 300;
    private static final int WIDTH = 1600;

    private final ChromeDriver browser;
    private final String grafana;

    /** Starts the browser that this driver finds; {@code grafana} is where Grafana is, without a path. What the browser leaves behind is in {@code temporary}. */
    GrafanaBrowser(Path driver, String grafana, Path temporary) {
        var options = new ChromeOptions();
        options.addArguments("--headless=new", "--no-first-run", "--hide-scrollbars");
        if (System.getProperty("user.name").equals("root")) {
            // Chromium doesn't start as root with its sandbox.
            options.addArguments("--no-sandbox");
        }
        options.setAcceptInsecureCerts(true);
        this.browser = new ChromeDriver(
                new ChromeDriverService.Builder()
                        .usingDriverExecutable(driver.toFile())
                        .withEnvironment(Map.of("TMPDIR", temporary.toString()))
                        .build(),
                options);
        this.grafana = grafana;
    }

    /** The driver of Chromium or Chrome that this machine has, which finds the browser itself. */
    static Optional<Path> driver() {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .map(folder -> Path.of(folder, "chromedriver"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Fills in the form as a person would; says what is wrong until Grafana has let them in. */
    String signIn(String user, String password) {
        if (!browser.getCurrentUrl().startsWith(grafana)) {
            browser.get(grafana + "/login");
        }
        var fields = List.of("Username input field", "Password input field", "Login button");
        if (fields.stream().allMatch(field -> elements(field).size() == 1)) {
            var values = List.of(user, password);
            for (int i = 0; i < values.size(); i++) {
                var field = elements(fields.get(i)).get(0);
                field.clear();
                field.sendKeys(values.get(i));
            }
            elements(fields.get(2)).get(0).click();
        }
        var here = browser.getCurrentUrl();
        return here.endsWith("/login") ? "still at " + here + ": " + text() : "";
    }

    /** Opens a dashboard in a window that is high enough for it, because only panels in sight are drawn. */
    void open(JsonNode dashboard) {
        var rows = 0;
        for (var panel : dashboard.path("panels")) {
            var place = panel.path("gridPos");
            rows = Math.max(rows, place.path("y").asInt() + place.path("h").asInt());
        }
        browser.manage().window().setSize(new Dimension(WIDTH, rows * ROW + EDGES));
        browser.get(grafana + "/d/" + dashboard.path("uid").asText() + "?kiosk&from=now-15m&to=now");
    }

    /** What isn't drawn yet of the panels of the dashboard that is open, or couldn't be. */
    String missing(JsonNode dashboard) {
        for (var panel : dashboard.path("panels")) {
            var title = panel.path("title").asText();
            if (elements("Panel header " + title).isEmpty()) {
                return "no panel '" + title + "': " + text();
            }
        }
        if (!browser.findElements(By.cssSelector("[aria-label='Panel loading bar']"))
                .isEmpty()) {
            return "panels are loading";
        }
        return elements("Panel status error").isEmpty() ? "" : "a panel shows an error: " + text();
    }

    /** How many panels of the dashboard that is open say that there is no data. */
    int panelsWithoutData() {
        return elements("Panel data error message").size();
    }

    /** What there is to see, as a PNG file. */
    void savePicture(Path file) {
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, browser.getScreenshotAs(OutputType.BYTES));
        } catch (IOException e) {
            throw new AssertionError("the picture can't be written", e);
        }
    }

    @Override
    public void close() {
        browser.quit();
    }

    private List<WebElement> elements(String name) {
        return browser.findElements(By.cssSelector("[data-testid='data-testid " + name + "']"));
    }

    private String text() {
        return browser.findElement(By.tagName("body")).getText();
    }
}
