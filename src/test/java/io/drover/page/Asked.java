package io.drover.page;

import static org.mockito.ArgumentMatchers.anyList;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.spy;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Sees what the lists ask the database. */
@TestConfiguration(proxyBeanMethods = false)
public class Asked {
    /** A statement, and what its question marks stand for. */
    public record Statement(String sql, List<?> values) {}

    /** What was asked, in its order. */
    public static final List<Statement> STATEMENTS = new CopyOnWriteArrayList<>();

    @Bean
    static BeanPostProcessor watch() {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                return bean instanceof PageReader pages ? new PageReader(watched(pages.jdbc())) : bean;
            }
        };
    }

    private static JdbcClient watched(JdbcClient client) {
        var watched = spy(client);
        doAnswer(call -> {
                    var sql = call.<String>getArgument(0);
                    var spec = spy(client.sql(sql));
                    doAnswer(params -> {
                                STATEMENTS.add(new Statement(sql, List.copyOf(params.<List<?>>getArgument(0))));
                                return params.callRealMethod();
                            })
                            .when(spec)
                            .params(anyList());
                    return spec;
                })
                .when(watched)
                .sql(anyString());
        return watched;
    }
}
