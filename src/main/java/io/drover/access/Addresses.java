package io.drover.access;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/** Network addresses of clients, as they are counted. */
final class Addresses {
    private static final int PREFIX_BYTES = 8;

    private Addresses() {}

    /** The address itself, or the network of an IPv6 address: whoever has one address in it has all. */
    static String counted(String address) {
        if (address.indexOf(':') < 0) {
            return address;
        }
        try {
            return InetAddress.getByName(address) instanceof Inet6Address six
                    ? InetAddress.getByAddress(Arrays.copyOf(
                                            Arrays.copyOf(six.getAddress(), PREFIX_BYTES),
                                            six.getAddress().length))
                                    .getHostAddress() + "/64"
                    : address;
        } catch (UnknownHostException e) {
            return address;
        }
    }
}
