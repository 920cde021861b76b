package io.drover.extension.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The reason of an error is found in whatever form programs give it. */
class ErrorReasonTests {
    private final JsonAnswer answers = new JsonAnswer(new ObjectMapper());

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"status":"error","error":" no space "}                       | no space
            {"status":"error","msg":"no space"}                           | no space
            {"Status":"Error","Message":"no space","detail":"more"}       | no space
            {"status":"error","errors":["no space","no quota"]}           | no space; no quota
            {"status":"error","errors":[{"message":"no space"},{"x":1}]}  | no space
            {"status":"error","details":"no space"}                       | no space
            {"error":{"code":7,"detail":"no space"}}                      | no space
            {"error":{"code":7,"inner":{"reason":"x"}},"message":"m"}     | m
            {"error":{"error":{"error":"no space"}}}                      | no space
            {"status":"error","error":"","reason":"no space"}             | no space
            {"status":"error","title":"Conflict","detail":"no space"}     | no space
            {"status":"error","code":7,"why":"no space"}                  | {"code":7,"why":"no space"}
            {"status":"error","error":42}                                 | {"error":42}
            {"error":{"code":7}}                                          | {"error":{"code":7}}
            {"status":"error","retryable":true}                           | otherwise
            {"status":"error"}                                            | otherwise
            """)
    void theReasonIsTold(String answer, String told) throws JsonProcessingException {
        assertThat(answers.errorOr(new ObjectMapper().readTree(answer), "otherwise"))
                .isEqualTo(told);
    }
}
