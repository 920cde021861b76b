package io.drover.database;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.jspecify.annotations.Nullable;

/** A connection whose commits return only when they are on disk, and whose statements do where each is committed by itself. */
final class GroupingConnection implements InvocationHandler {
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

    /** The session of a connection to H2 in this process. */
    static SessionLocal session(Connection connection) throws SQLException {
        return (SessionLocal) connection.unwrap(JdbcConnection.class).getSession();
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        return switch (method.getName()) {
            case "commit" -> committed(method, arguments);
            case "setAutoCommit" -> {
                var result = committed(method, arguments);
                begunOrOver();
                yield result;
            }
            case "close", "abort" -> {
                over();
                yield call(target, method, arguments);
            }
            case "createStatement", "prepareStatement", "prepareCall" -> {
                begunOrOver();
                var statement = call(target, method, arguments);
                yield open ? statement : writing(method.getReturnType(), statement);
            }
            default -> call(target, method, arguments);
        };
    }

    /** Turning single commits on commits, too, where something has changed. */
    private @Nullable Object committed(Method method, Object @Nullable [] arguments) throws Throwable {
        boolean changes = session.containsUncommitted();
        var result = call(target, method, arguments);
        over();
        if (changes) {
            group.write(session);
        }
        return result;
    }

    /** A statement that is committed by itself. */
    private Object writing(Class<?> type, @Nullable Object statement) {
        return proxy(type, (self, method, arguments) -> {
            var result = call(statement, method, arguments);
            if (method.getName().startsWith("execute") && !method.getName().equals("executeQuery")) {
                group.write(session);
            }
            return result;
        });
    }

    private void begunOrOver() throws SQLException {
        if (target.getAutoCommit()) {
            over();
        } else if (!open) {
            open = true;
            group.begun();
        }
    }

    private void over() {
        if (open) {
            open = false;
            group.over();
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
