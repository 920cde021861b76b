package io.drover.emulator.hyperv;

/** An error that ends a script, with its identifier. */
final class PowerShellError extends RuntimeException {

    private static final long serialVersionUID = 1;

    final String identifier;

    PowerShellError(String message, String identifier) {
        super(message);
        this.identifier = identifier;
    }

    /** The error stream of powershell.exe whose output is redirected: CLIXML. */
    String clixml() {
        var text = getMessage() + "\r\nAt line:4 char:1\r\n+ ~~~~~~~\r\n    + FullyQualifiedErrorId : " + identifier
                + "\r\n ";
        var xml = new StringBuilder(
                "#< CLIXML\r\n<Objs Version=\"1.1.0.1\" xmlns=\"http://schemas.microsoft.com/powershell/2004/04\">");
        for (var line : text.split("(?<=\n)")) {
            xml.append("<S S=\"Error\">")
                    .append(escaped(line).replace("\r", "_x000D_").replace("\n", "_x000A_"))
                    .append("</S>");
        }
        return xml.append("</Objs>").toString();
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
