package io.drover.emulator.hyperv;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a cmdlet is called with. */
record Arguments(String cmdlet, Map<String, Object> given, List<Object> input) {

    private static final Object SWITCH = new Object();

    static Map<String, Object> none() {
        return new HashMap<>();
    }

    static Object switchedOn() {
        return SWITCH;
    }

    boolean has(String name) {
        return given.containsKey(name);
    }

    String text(String name) {
        return String.valueOf(value(name, Object.class));
    }

    long number(String name) {
        return value(name, Long.class);
    }

    /** The value; wrong or missing ones are PowerShell's errors. */
    <T> T value(String name, Class<T> type) {
        var value = given.get(name);
        if (value == null || value == SWITCH) {
            throw new PowerShellError("Missing an argument for parameter '" + name + "'.", "MissingArgument," + cmdlet);
        }
        if (!type.isInstance(value)) {
            throw new PowerShellError(
                    "Cannot bind parameter '" + name + "'. Cannot convert the value to type " + type.getSimpleName()
                            + ".",
                    "CannotConvertArgumentNoMessage," + cmdlet);
        }
        return type.cast(value);
    }
}
