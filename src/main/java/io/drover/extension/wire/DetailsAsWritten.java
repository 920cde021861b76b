package io.drover.extension.wire;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads numbers among {@code details} as the texts they were written as: details are texts, and {@code 6.10} is not 6.1. */
final class DetailsAsWritten extends JsonParserDelegate {
    private static final String DETAILS = "details";
    private static final String RESULT = "result";

    DetailsAsWritten(JsonParser parser) {
        super(parser);
    }

    @Override
    public @Nullable JsonToken nextToken() throws IOException {
        return asText(super.nextToken());
    }

    @Override
    public @Nullable JsonToken currentToken() {
        return asText(super.currentToken());
    }

    @Override
    public int currentTokenId() {
        var token = currentToken();
        return token == null ? JsonToken.NOT_AVAILABLE.id() : token.id();
    }

    private @Nullable JsonToken asText(@Nullable JsonToken token) {
        return token != null && token.isNumeric() && isDetail() ? JsonToken.VALUE_STRING : token;
    }

    private boolean isDetail() {
        var details = getParsingContext().getParent();
        if (details == null || !DETAILS.equals(details.getCurrentName())) {
            return false;
        }
        JsonStreamContext envelope = details.getParent();
        return envelope == null
                || envelope.inRoot()
                || RESULT.equals(envelope.getCurrentName())
                        && envelope.getParent().inRoot();
    }
}
