package io.drover.emulator.proxmox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The emulator refuses what the API refuses, in its words and shapes. */
class ProxmoxEmulatorTests {

    private static final String AUTHORIZATION =
            "PVEAPIToken=" + ProxmoxEmulator.USER + "!" + ProxmoxEmulator.TOKEN + "=" + ProxmoxEmulator.SECRET;

    private ProxmoxEmulator proxmox;

    record Answer(int status, String reason, String body) {}

    @BeforeEach
    void start() throws IOException {
        proxmox = new ProxmoxEmulator();
    }

    @AfterEach
    void stop() throws IOException {
        proxmox.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            GET    | /version                          |                            | 200 | OK
            GET    | /versions                         |                            | 501 | Method 'GET /versions' not implemented
            PATCH  | /version                          |                            | 501 | Method 'PATCH /version' not implemented
            GET    | /cluster/nextid?vmid=100          |                            | 400 | Parameter verification failed.
            GET    | /nodes/pve1/qemu/777/config       |                            | 500 | Configuration file 'nodes/pve1/qemu-server/777.conf' does not exist
            GET    | /nodes/pve2/qemu/100/config       |                            | 500 | Configuration file 'nodes/pve2/qemu-server/100.conf' does not exist
            GET    | /nodes/pve1/qemu/42/config        |                            | 400 | Parameter verification failed.
            POST   | /nodes/pve1/qemu                  | vmid=101&colour=red        | 400 | Parameter verification failed.
            POST   | /nodes/pve1/qemu                  | cores=1                    | 400 | Parameter verification failed.
            POST   | /nodes/pve1/qemu                  | vmid=100                   | 500 | unable to create VM 100 - VM 100 already exists on node 'pve1'
            POST   | /nodes/pve1/qemu                  | vmid=101&net0=virtio,tag=7 | 400 | Parameter verification failed.
            POST   | /nodes/pve1/qemu                  | vmid=101&boot=order=scsi0  | 400 | Parameter verification failed.
            POST   | /nodes/pve1/qemu/100/clone        | newid=101&storage=ceph     | 400 | Parameter verification failed.
            POST   | /nodes/pve1/qemu/100/clone        | newid=100                  | 500 | unable to create VM 100: config file already exists
            PUT    | /nodes/pve1/qemu/100/resize       | disk=scsi0&size=4G         | 500 | shrinking disks is not supported
            DELETE | /nodes/pve1/qemu/100?skiplock=1   |                            | 400 | Parameter verification failed.
            GET    | /nodes/pve1/tasks/UPID:x/status   |                            | 500 | no such task
            """)
    void requestsAreAnsweredAsByTheApi(String method, String path, String form, int status, String reason)
            throws Exception {
        var answer = send(method, path, form, AUTHORIZATION);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.reason()).isEqualTo(reason);
        assertThat(answer.body()).contains(status == 200 ? "\"version\"" : "\"data\":null");
        assertThat(answer.body().contains("\"errors\":{")).isEqualTo(status == 400);
        assertThat(proxmox.vms()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''                                                            | No ticket
            Bearer abc                                                    | No ticket
            PVEAPIToken=drover@pve!other=abc                              | no such token 'other' for user 'drover@pve'
            PVEAPIToken=drover@pve!drover=abc                             | invalid token value!
            """)
    void onlyTheTokenIsLetIn(String header, String reason) throws Exception {
        var answer = send("GET", "/version", null, header);

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.reason()).isEqualTo(reason);
    }

    @Test
    void tasksTakeEffectWhenTheyEndAndSayHow() throws Exception {
        proxmox.tasks().fail("qmstart", "no memory");
        var upid = send("POST", "/nodes/pve1/qemu/100/status/start", "", AUTHORIZATION)
                .body()
                .replaceAll(".*\"(UPID:[^\"]+)\".*", "$1");

        assertThat(upid).matches("UPID:pve1:[0-9A-F]{8}:[0-9A-F]{8}:[0-9A-F]{8}:qmstart:100:drover@pve!drover:");
        assertThat(send("GET", "/nodes/pve1/tasks/" + upid + "/status", null, AUTHORIZATION)
                        .body())
                .contains("\"status\":\"stopped\"", "\"exitstatus\":\"no memory\"");
        assertThat(send("GET", "/nodes/pve1/tasks/" + upid + "/log", null, AUTHORIZATION)
                        .body())
                .contains("TASK ERROR: no memory");
        assertThat(proxmox.vms().get(100).running()).isFalse();
    }

    @Test
    void disksThatNobodyNamesStayUnlessAskedFor() throws Exception {
        proxmox.addStrayVolume("ceph", 100);

        send("DELETE", "/nodes/pve1/qemu/100", null, AUTHORIZATION);

        assertThat(proxmox.vms()).isEmpty();
        assertThat(proxmox.leakedVolumes()).containsExactly("ceph:vm-100-disk-0");
    }

    private Answer send(String method, String path, String form, String authorization) throws Exception {
        if (method.equals("PATCH")) {
            return raw(method, path, authorization);
        }
        var connection = (HttpsURLConnection)
                URI.create(proxmox.url() + "/api2/json" + path).toURL().openConnection();
        connection.setSSLSocketFactory(trusting().getSocketFactory());
        connection.setRequestMethod(method);
        connection.setRequestProperty("Authorization", authorization);
        if (form != null) {
            connection.setDoOutput(true);
            connection.setRequestProperty("Content-Type", "application/x-www-form-urlencoded");
            connection.getOutputStream().write(form.getBytes(StandardCharsets.UTF_8));
        }
        try (var body =
                connection.getResponseCode() == 200 ? connection.getInputStream() : connection.getErrorStream()) {
            var text = new String(body.readAllBytes(), StandardCharsets.UTF_8);
            return new Answer(connection.getResponseCode(), connection.getResponseMessage(), text);
        }
    }

    private Answer raw(String method, String path, String authorization) throws Exception {
        var address = URI.create(proxmox.url());
        try (var socket = trusting().getSocketFactory().createSocket(address.getHost(), address.getPort())) {
            var request =
                    "%s /api2/json%s HTTP/1.1\r\nAuthorization: %s\r\n\r\n".formatted(method, path, authorization);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            var text = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            var status = text.substring(0, text.indexOf("\r\n")).split(" ", 3);
            return new Answer(Integer.parseInt(status[1]), status[2], text.substring(text.indexOf("\r\n\r\n")));
        }
    }

    private static SSLContext trusting() throws GeneralSecurityException, IOException {
        var store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        var pem = TestCertificate.pem().getBytes(StandardCharsets.US_ASCII);
        store.setCertificateEntry(
                "pve",
                CertificateFactory.getInstance("X.509").generateCertificate(new java.io.ByteArrayInputStream(pem)));
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        var context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
