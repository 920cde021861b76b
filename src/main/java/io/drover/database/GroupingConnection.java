package io.drover.database;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import java.util.regex.Pattern;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.jspecify.annotations.Nullable;

/**
 * A connection whose commits return only when they are on disk, and whose statements do where each is committed by itself. Of
 * what it changes, no part is written without the rest.
 */
final class GroupingConnection implements InvocationHandler {
    private static final Pattern READING = Pattern.compile("[\\s(]*SELECT\\b", Pattern.CASE_INSENSITIVE);

    /** What changes rows, locks them or moves a sequence, though it reads. */
    private static final Pattern CHANGING = Pattern.compile(
            "\\bFOR\\s+(NO\\s+KEY\\s+)?UPDATE\\b|\\bFOR\\s+(KEY\\s+)?SHARE\\b|\\bTABLE\\s*\\(|\\bNEXT\\s*(VALUE|VAL)\\b",
            Pattern.CASE_INSENSITIVE);

    /** H2's thread comes by ten times in it, to compact the file as well. */
    private static final int WRITE_DELAY_MILLIS = 5000;

    private final Connection target;
    private final SessionLocal session;
    private final GroupCommit group;
    private boolean open;

    private GroupingConnection(Connection target, SessionLocal session, GroupCommit group) {
        this.target = target;
        this.session = session;
        this.group = group;
    }

    /** @param target of a database that {@link #isOfAFile} */
    static Connection around(Connection target, GroupCommit group) throws SQLException {
        var session = session(target);
        return proxy(Connection.class, new GroupingConnection(target, session, group));
    }

    /** Whether the connection's database is H2, in this process and in a file. */
    static boolean isOfAFile(Connection connection) throws SQLException {
        return connection.isWrapperFor(JdbcConnection.class)
                && connection.unwrap(JdbcConnection.class).getSession() instanceof SessionLocal session
                && session.getDatabase().isPersistent();
    }

    /** Whether the connection is of a database {@link #isOfAFile} that a failed write has closed. */
    static boolean isOfAClosedDatabase(Connection connection) throws SQLException {
        var session = session(connection);
        return session.isClosed()
                || session.getDatabase().getStore().getMvStore().isClosed();
    }

    /** Whether H2 could not open the file for writing, as on a file system that was read-only at that moment. */
    static boolean isOfAReadOnlyDatabase(Connection connection) throws SQLException {
        return session(connection).getDatabase().isReadOnly();
    }

    /**
     * Has H2's own thread, which keeps nobody from changing what it collects, write only where no group has for a while: what a
     * lease changes, for instance, which nobody waits for. A database that writes at each commit is left so.
     */
    static void leaveWritesToGroups(Connection connection) throws SQLException {
        var store = session(connection).getDatabase().getStore().getMvStore();
        int delay = store.getAutoCommitDelay();
        if (delay > 0 && delay < WRITE_DELAY_MILLIS) {
            store.setAutoCommitDelay(WRITE_DELAY_MILLIS);
        }
    }

    /** The session of a connection to H2 in this process. */
    static SessionLocal session(Connection connection) throws SQLException {
        return (SessionLocal) connection.unwrap(JdbcConnection.class).getSession();
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        return switch (method.getName()) {
            case "commit" -> committed(method, arguments);
            case "setAutoCommit" ->
                arguments != null && arguments[0].equals(target.getAutoCommit())
                        ? call(target, method, arguments)
                        : committed(method, arguments);
            case "rollback" -> arguments == null ? over(method, null) : step(target, method, arguments);
            case "close", "abort" -> over(method, arguments);
            case "createStatement" -> statement(method, call(target, method, arguments), "");
            case "prepareStatement", "prepareCall" ->
                statement(method, call(target, method, arguments), (String) Objects.requireNonNull(arguments)[0]);
            default -> call(target, method, arguments);
        };
    }

    /** Turning single commits on commits, too, where something has changed. */
    private @Nullable Object committed(Method method, Object @Nullable [] arguments) throws Throwable {
        boolean changes = session.containsUncommitted();
        var result = over(method, arguments);
        if (changes) {
            group.write(session);
        }
        return result;
    }

    private @Nullable Object over(Method method, Object @Nullable [] arguments) throws Throwable {
        if (!open) {
            return session.containsUncommitted() ? step(target, method, arguments) : call(target, method, arguments);
        }
        try {
            return step(target, method, arguments);
        } finally {
            open = false;
            group.over();
        }
    }

    private Object statement(Method creation, @Nullable Object statement, String prepared) {
        return proxy(creation.getReturnType(), (self, method, arguments) -> {
            if (!method.getName().startsWith("execute")) {
                return call(statement, method, arguments);
            }
            var sql = arguments != null && arguments[0] instanceof String text ? text : prepared;
            if (READING.matcher(sql).lookingAt() && !CHANGING.matcher(sql).find()) {
                return call(statement, method, arguments);
            }
            return changed(statement, method, arguments);
        });
    }

    private @Nullable Object changed(@Nullable Object statement, Method method, Object @Nullable [] arguments)
            throws Throwable {
        boolean alone = target.getAutoCommit();
        if (!alone && !open) {
            open = true;
            group.begun();
        }
        var result = step(statement, method, arguments);
        if (alone) {
            group.write(session);
        }
        return result;
    }

    private @Nullable Object step(@Nullable Object object, Method method, Object @Nullable [] arguments)
            throws Throwable {
        group.stepBegins(session);
        try {
            return call(object, method, arguments);
        } finally {
            group.stepEnds();
        }
    }

    private static @Nullable Object call(@Nullable Object target, Method method, Object @Nullable [] arguments)
            throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(
                Proxy.newProxyInstance(GroupingConnection.class.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
