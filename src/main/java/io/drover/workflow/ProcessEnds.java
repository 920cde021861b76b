package io.drover.workflow;

import java.util.HashSet;
import java.util.Set;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.interceptor.Session;
import org.camunda.bpm.engine.impl.interceptor.SessionFactory;

/** How processes end within one command of the engine: nothing that a diagram, a caller or a worker can set. */
final class ProcessEnds implements Session {
    private final Set<String> atGoal = new HashSet<>();
    private final Set<String> failed = new HashSet<>();

    static ProcessEnds current() {
        return Context.getCommandContext().getSession(ProcessEnds.class);
    }

    void reachedGoal(String processInstance) {
        atGoal.add(processInstance);
    }

    void failed(String processInstance) {
        failed.add(processInstance);
    }

    /** Whether its last way has led to an end event, and no error has ended it. */
    boolean isAtGoal(String processInstance) {
        return atGoal.contains(processInstance) && !failed.contains(processInstance);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}

    /** Makes one per command. */
    record Factory() implements SessionFactory {
        @Override
        public Class<?> getSessionType() {
            return ProcessEnds.class;
        }

        @Override
        public Session openSession() {
            return new ProcessEnds();
        }
    }
}
