package io.drover.diagram;

/**
 * One thing wrong with a diagram.
 *
 * @param line where in the file, from 1; that of the end of the element's opening tag
 * @param element the id of the element, or of the nearest around it that has one; empty without any
 * @param message what is wrong, with the offending value, and what is allowed
 */
public record Fault(int line, String element, String message) {

    /** As one line: {@code line 7: Task_StartVm: …}. */
    @Override
    public String toString() {
        return "line " + line + ": " + (element.isEmpty() ? "" : element + ": ") + message;
    }
}
