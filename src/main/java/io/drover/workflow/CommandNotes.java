package io.drover.workflow;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.interceptor.CommandExecutor;
import org.camunda.bpm.engine.impl.interceptor.Session;
import org.camunda.bpm.engine.impl.interceptor.SessionFactory;
import org.jspecify.annotations.Nullable;

/**
 * What Drover keeps in mind for the length of one command of the engine: nothing of it is a variable, so no diagram, caller or
 * worker can set it.
 */
final class CommandNotes implements Session {
    private final Set<String> failed = new HashSet<>();
    private final Map<String, Integer> attempts = new HashMap<>();
    private final Map<String, Object> variables = new HashMap<>();
    private final Map<String, Answer> answers = new HashMap<>();
    private @Nullable String activity;

    /** What somebody sends along when they answer a task. */
    record Answer(
            @Nullable Map<String, Object> variables,
            @Nullable String comment) {
        private static final Answer NONE = new Answer(null, null);
    }

    static CommandNotes current() {
        return Context.getCommandContext().getSession(CommandNotes.class);
    }

    /** Has the engine answer a task in one command, in which it is noted with what. */
    static <T extends @Nullable Object> T answering(
            CommandExecutor engine, String task, @Nullable Map<String, Object> variables, Supplier<T> answer) {
        return engine.execute(context -> {
            current().answer(task, variables);
            return answer.get();
        });
    }

    /** A process has come to this activity, as people call it. */
    void at(String name) {
        activity = name;
    }

    /** The activity that a process came to last. */
    @Nullable
    String at() {
        return activity;
    }

    /** An error has ended the process. */
    void failed(String processInstance) {
        failed.add(processInstance);
    }

    /** Whether an error has ended the process. */
    boolean hasFailed(String processInstance) {
        return failed.contains(processInstance);
    }

    /** The task that is executed next there makes this attempt. */
    void attempt(String execution, int attempt) {
        attempts.put(execution, attempt);
    }

    /** The attempt that is made, asked once. */
    int attempt(String execution) {
        var attempt = attempts.remove(execution);
        return attempt == null ? 1 : attempt;
    }

    /** Drover itself has set this variable of its own. */
    void variable(String processInstance, String name, Object value) {
        variables.put(key(processInstance, name), value);
    }

    /** Whether it is Drover itself that has given a variable of its own this value. */
    boolean isOwn(String processInstance, String name, @Nullable Object value) {
        return value != null && value.equals(variables.get(key(processInstance, name)));
    }

    /** Somebody answers a task with these variables. */
    void answer(String task, @Nullable Map<String, Object> variables) {
        answers.put(task, new Answer(variables, answer(task).comment()));
    }

    /** Somebody answers a task with these words. */
    void comment(String task, @Nullable String comment) {
        answers.put(task, new Answer(answer(task).variables(), comment));
    }

    /** Whether the task is answered in this command. */
    boolean isAnswered(String task) {
        return answers.containsKey(task);
    }

    /** What the task is answered with, as far as was noted. */
    Answer answer(String task) {
        return answers.getOrDefault(task, Answer.NONE);
    }

    private static String key(String processInstance, String name) {
        return processInstance + " " + name;
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}

    /** Makes one per command. */
    record Factory() implements SessionFactory {
        @Override
        public Class<?> getSessionType() {
            return CommandNotes.class;
        }

        @Override
        public Session openSession() {
            return new CommandNotes();
        }
    }
}
