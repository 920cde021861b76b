package io.drover.access;

/**
 * A key as it is shown once, to whoever made it.
 *
 * @param text what to send, {@code drv_<id>_<secret>}
 */
public record NewApiKey(ApiKey key, String text) {

    @Override
    public String toString() {
        return "NewApiKey[key=" + key + ", text=" + SecretNames.MASK + "]";
    }
}
