package io.drover.emulator.hyperv;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** The host's half of NTLM version 2 (MS-NLMP) for one account; a login holds for its connection. */
final class Ntlm {

    private static final byte[] SIGNATURE = "NTLMSSP\0".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NONCE = HexFormat.of().parseHex("0123456789abcdef");

    private final String user;
    private final byte[] passwordHash;
    private final Map<String, String> connections = new HashMap<>();

    /** An account, with the MD4 hash of its password. */
    Ntlm(String user, String passwordHash) {
        this.user = user;
        this.passwordHash = HexFormat.of().parseHex(passwordHash);
    }

    /** Whether this connection is logged in. */
    boolean knows(String connection) {
        return "in".equals(connections.get(connection));
    }

    void forget(String connection) {
        connections.remove(connection);
    }

    /** The challenge that answers a first message, or null if this is none. */
    byte @Nullable [] challenge(String connection, byte[] message) {
        if (!isMessage(message, 1)) {
            return null;
        }
        connections.put(connection, "challenged");
        var target = target();
        var name = "HV1".getBytes(StandardCharsets.UTF_16LE);
        return ByteBuffer.allocate(48 + name.length + target.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(SIGNATURE)
                .putInt(2)
                .putShort((short) name.length)
                .putShort((short) name.length)
                .putInt(48)
                .putInt(0xA0898205)
                .put(NONCE)
                .putLong(0)
                .putShort((short) target.length)
                .putShort((short) target.length)
                .putInt(48 + name.length)
                .put(name)
                .put(target)
                .array();
    }

    /** Whether a third message proves the password on a challenged connection; it is logged in then. */
    boolean logsIn(String connection, byte[] message) throws GeneralSecurityException {
        if (!"challenged".equals(connections.get(connection)) || !isMessage(message, 3)) {
            return false;
        }
        var response = field(message, 20);
        var domain = new String(field(message, 28), StandardCharsets.UTF_16LE);
        var given = new String(field(message, 36), StandardCharsets.UTF_16LE);
        if (response.length < 44 || !given.equalsIgnoreCase(user) || !Arrays.equals(new byte[24], field(message, 12))) {
            return false;
        }
        var key = hmac(passwordHash, (given.toUpperCase(Locale.ROOT) + domain).getBytes(StandardCharsets.UTF_16LE));
        var blob = Arrays.copyOfRange(response, 16, response.length);
        var proof = hmac(key, NONCE, blob);
        boolean right = Arrays.equals(proof, Arrays.copyOf(response, 16))
                && Arrays.equals(target(), Arrays.copyOfRange(blob, 28, blob.length - 4));
        connections.put(connection, right ? "in" : "refused");
        return right;
    }

    private static byte[] target() {
        var bytes = new ByteArrayOutputStream();
        for (var pair : Map.of(2, "LAB", 1, "HV1").entrySet()) {
            var text = pair.getValue().getBytes(StandardCharsets.UTF_16LE);
            bytes.writeBytes(new byte[] {pair.getKey().byteValue(), 0, (byte) text.length, 0});
            bytes.writeBytes(text);
        }
        bytes.writeBytes(new byte[] {7, 0, 8, 0, 1, 2, 3, 4, 5, 6, (byte) 0xDA, 1});
        bytes.writeBytes(new byte[4]);
        return bytes.toByteArray();
    }

    private static boolean isMessage(byte[] message, int type) {
        return message.length >= 32
                && Arrays.equals(SIGNATURE, Arrays.copyOf(message, 8))
                && ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN).getInt(8) == type;
    }

    private static byte[] field(byte[] message, int at) {
        var buffer = ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN);
        int start = buffer.getInt(at + 4);
        return Arrays.copyOfRange(message, start, start + buffer.getShort(at));
    }

    private static byte[] hmac(byte[] key, byte[]... parts) throws GeneralSecurityException {
        var mac = Mac.getInstance("HmacMD5");
        mac.init(new SecretKeySpec(key, "HmacMD5"));
        for (var part : parts) {
            mac.update(part);
        }
        return mac.doFinal();
    }
}
