package io.drover.extension.packaging;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.ZipException;

/** A stream of which no more than an allowance can be read until the next one: headers are held in memory, contents are not. */
final class HeaderLimit extends FilterInputStream {
    private static final long HEADER = 1 << 20;

    private long allowed;

    HeaderLimit(InputStream in) {
        super(in);
    }

    /** Before a header is read, which may be long, but not that long. */
    void header() {
        allowed = HEADER;
    }

    /** Before an entry's contents are read, which somebody else counts. */
    void contents() {
        allowed = Long.MAX_VALUE;
    }

    @Override
    public int read() throws IOException {
        int one = super.read();
        count(one < 0 ? 0 : 1);
        return one;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int many = super.read(buffer, offset, length);
        count(Math.max(many, 0));
        return many;
    }

    @Override
    public long skip(long count) throws IOException {
        long skipped = super.skip(Math.min(count, allowed));
        count(skipped);
        return skipped;
    }

    private void count(long more) throws IOException {
        allowed -= more;
        if (allowed < 0) {
            throw new ZipException("an entry's header is longer than " + HEADER + " bytes");
        }
    }
}
