package io.drover.qemu;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/** A login to a VNC server with RFB 3.8 and VNC authentication. */
public final class Screen {
    private static final String VERSION = "RFB 003.008\n";
    private static final int VNC_AUTHENTICATION = 2;
    private static final int PATIENCE_MS = 20_000;

    private Screen() {}

    /**
     * How a login ended.
     *
     * @param accepted whether the password was the right one
     * @param width pixels, 0 if it was not
     * @param name of the desktop, or why the server refused
     */
    public record Login(boolean accepted, int width, int height, String name) {}

    /** Logs in and goes away again. */
    public static Login logIn(String host, int port, String password) throws IOException {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port), PATIENCE_MS);
            socket.setSoTimeout(PATIENCE_MS);
            var in = new DataInputStream(socket.getInputStream());
            var out = new DataOutputStream(socket.getOutputStream());
            in.readFully(new byte[VERSION.length()]);
            out.write(VERSION.getBytes(StandardCharsets.US_ASCII));
            var offered = new byte[in.readUnsignedByte()];
            in.readFully(offered);
            if (Arrays.binarySearch(offered, (byte) VNC_AUTHENTICATION) < 0) {
                throw new IOException("The server offers no VNC authentication but " + Arrays.toString(offered));
            }
            out.writeByte(VNC_AUTHENTICATION);
            var challenge = new byte[16];
            in.readFully(challenge);
            out.write(response(challenge, password));
            return in.readInt() == 0 ? enter(in, out) : new Login(false, 0, 0, text(in));
        }
    }

    private static Login enter(DataInputStream in, DataOutputStream out) throws IOException {
        out.writeByte(1);
        int width = in.readUnsignedShort();
        int height = in.readUnsignedShort();
        in.readFully(new byte[16]);
        return new Login(true, width, height, text(in));
    }

    private static String text(DataInputStream in) throws IOException {
        var bytes = new byte[in.readInt()];
        in.readFully(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** VNC's DES takes the bits of each byte of the key the other way round. */
    private static byte[] response(byte[] challenge, String password) {
        var key = Arrays.copyOf(password.getBytes(StandardCharsets.ISO_8859_1), 8);
        for (int i = 0; i < key.length; i++) {
            key[i] = (byte) (Integer.reverse(key[i]) >>> 24);
        }
        try {
            var cipher = Cipher.getInstance("DES/ECB/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "DES"));
            return cipher.doFinal(challenge);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
