package io.drover.emulator.hyperv;

/** A fault as WinRM words it: a SOAP 1.2 fault with the number of the error. */
final class SoapFault extends Exception {

    private static final long serialVersionUID = 1;

    private final String subcode;
    private final String number;

    SoapFault(String subcode, String number, String text) {
        super(text);
        this.subcode = subcode;
        this.number = number;
    }

    /** The command has printed nothing within the operation's time. */
    static SoapFault timedOut() {
        return new SoapFault(
                "w:TimedOut",
                "2150858793",
                "The WS-Management service cannot complete the operation within the time specified in OperationTimeout.");
    }

    /** A header or element is missing or wrong. */
    static SoapFault invalid(String what) {
        return new SoapFault("w:SchemaValidationError", "2150858817", "The request is not valid: " + what);
    }

    /** The account has as many shells as it may have. */
    static SoapFault quota() {
        return new SoapFault(
                "w:QuotaLimit",
                "2150859174",
                "The WS-Management service cannot process the request. This user is allowed a maximum number of 30 concurrent"
                        + " shells, which has been exceeded.");
    }

    static SoapFault unknownShell(String id) {
        return new SoapFault(
                "w:InvalidSelectors",
                "2150858843",
                "The request for the Windows Remote Shell with ShellId " + id
                        + " failed because the shell was not found on the server.");
    }

    String xml() {
        return Soap.envelope(
                "http://schemas.dmtf.org/wbem/wsman/1/wsman/fault",
                "<s:Fault><s:Code><s:Value>s:Receiver</s:Value><s:Subcode><s:Value>" + subcode
                        + "</s:Value></s:Subcode></s:Code><s:Reason><s:Text xml:lang=\"en-US\">" + getMessage()
                        + "</s:Text></s:Reason><s:Detail><f:WSManFault"
                        + " xmlns:f=\"http://schemas.microsoft.com/wbem/wsman/1/wsmanfault\" Code=\"" + number
                        + "\" Machine=\"hv1\"><f:Message>" + getMessage()
                        + "</f:Message></f:WSManFault></s:Detail></s:Fault>");
    }
}
