package io.drover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.NoSuchElementException;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/** What a person sees in a real browser: the login, the first page, Cockpit and the API documentation. */
@Tag("matrix")
class BrowserIT extends WholeApplication {
    private static final Path BROWSER = Path.of("/usr/bin/chromium");
    private static final Path DRIVER = Path.of("/usr/bin/chromedriver");

    private WebDriver browser;

    @BeforeEach
    void openBrowser() {
        assumeTrue(
                Files.isExecutable(BROWSER) && Files.isExecutable(DRIVER),
                "needs the Debian packages chromium and chromium-driver");
        var options = new ChromeOptions()
                .setBinary(BROWSER.toFile())
                .addArguments(
                        "--headless=new",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-quic",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync",
                        "--window-size=1280,850");
        var service = new ChromeDriverService.Builder()
                .usingDriverExecutable(new File(DRIVER.toString()))
                .build();
        browser = new ChromeDriver(service, options);
    }

    @AfterEach
    void closeBrowser() {
        if (browser != null) {
            browser.quit();
        }
    }

    @Test
    void aLoginLeadsToTheFirstPageAndOnToCockpit() {
        browser.get(server + "/");
        var name = account("Admin", "/");
        logInAs(name, PASSWORD);
        awaitText(name + ", Admin in /");

        browser.get(server + "/camunda/app/cockpit/default/#/processes");
        awaitText("Deploy a VM");
        assertThat(text())
                .contains("process definitions deployed", "vm-start", "vm-stop", "vm-reboot", "vm-status", "vm-delete")
                .doesNotContain("Setup");
    }

    @Test
    void whoHasThePasswordOfTheFirstStartIsLedToChangeIt() throws IOException {
        browser.get(server + "/");
        logInAs("admin", initialPassword());
        awaitText("Choose one of your own");
    }

    @Test
    void theApiDocumentationListsTheRequests() {
        browser.get(server + "/swagger-ui.html");
        logInAs(account("Admin", "/"), PASSWORD);
        awaitText("/api/v1/vms");
        assertThat(text()).contains("Drover API");
    }

    @Test
    void aWrongPasswordLeadsBackToTheLogin() {
        browser.get(server + "/");
        logInAs("admin", "not the password");
        await().atMost(Duration.ofSeconds(20))
                .until(() -> String.valueOf(browser.getCurrentUrl()).endsWith("/login?error"));
    }

    private void logInAs(String name, String password) {
        browser.findElement(By.name("username")).sendKeys(name);
        browser.findElement(By.name("password")).sendKeys(password);
        browser.findElement(By.cssSelector("button[type=submit]")).click();
    }

    private static String initialPassword() throws IOException {
        return Files.readString(HOME.resolve("initial-admin-password")).strip();
    }

    private void awaitText(String wanted) {
        await().atMost(Duration.ofMinutes(2))
                .ignoreExceptionsMatching(
                        e -> e instanceof StaleElementReferenceException || e instanceof NoSuchElementException)
                .untilAsserted(() -> assertThat(text()).contains(wanted));
    }

    private String text() {
        return browser.findElement(By.tagName("body")).getText();
    }
}
