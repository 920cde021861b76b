package io.drover.emulator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A self-signed certificate for localhost, made by the JDK's keytool. */
public final class Certificate {

    private static final char[] PASSWORD = "changeit".toCharArray();

    private final KeyStore keys;
    private final Path file;

    /** Makes a certificate, with its files in the directory. */
    public Certificate(Path directory) throws IOException, GeneralSecurityException, InterruptedException {
        var store = directory.resolve("localhost.p12");
        var keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        var made = new ProcessBuilder(
                        keytool,
                        "-genkeypair",
                        "-alias",
                        "localhost",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "SAN=dns:localhost",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        new String(PASSWORD))
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("keytool.log").toFile())
                .start()
                .waitFor();
        if (made != 0) {
            throw new IOException(Files.readString(directory.resolve("keytool.log")));
        }
        keys = KeyStore.getInstance(store.toFile(), PASSWORD);
        file = directory.resolve("localhost.pem");
        Files.writeString(
                file,
                "-----BEGIN CERTIFICATE-----\n"
                        + Base64.getMimeEncoder()
                                .encodeToString(keys.getCertificate("localhost").getEncoded())
                        + "\n-----END CERTIFICATE-----\n");
    }

    /** What a server needs to show it. */
    public SSLContext context() throws GeneralSecurityException {
        var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD);
        var context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    /** The certificate in PEM, for clients that are to trust it. */
    public Path file() {
        return file;
    }
}
