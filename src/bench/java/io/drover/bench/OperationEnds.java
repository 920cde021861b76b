package io.drover.bench;

import io.drover.operation.OperationProgress;
import io.drover.operation.OperationState;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.aop.support.StaticMethodMatcherPointcut;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Tells the clients when an operation has ended and that is committed, so that nobody has to poll. */
final class OperationEnds implements MethodInterceptor {
    private final Map<UUID, CompletableFuture<OperationState>> ends = new ConcurrentHashMap<>();

    void addTo(GenericApplicationContext context) {
        context.registerBean(
                "operationEnds",
                DefaultPointcutAdvisor.class,
                () -> new DefaultPointcutAdvisor(new EndOfOperation(), this),
                definition -> definition.setRole(BeanDefinition.ROLE_INFRASTRUCTURE));
    }

    OperationState await(UUID operation) throws Exception {
        var state = end(operation).get(120, TimeUnit.SECONDS);
        ends.remove(operation);
        return state;
    }

    @Override
    public @Nullable Object invoke(MethodInvocation call) throws Throwable {
        var id = (UUID) Objects.requireNonNull(call.getArguments()[0]);
        var state = (OperationState) Objects.requireNonNull(call.getArguments()[1]);
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                end(id).complete(state);
            }
        });
        return call.proceed();
    }

    private CompletableFuture<OperationState> end(UUID operation) {
        return ends.computeIfAbsent(operation, unknown -> new CompletableFuture<>());
    }

    private static final class EndOfOperation extends StaticMethodMatcherPointcut {
        @Override
        public boolean matches(Method method, Class<?> type) {
            return type == OperationProgress.class && method.getName().equals("ended");
        }
    }
}
