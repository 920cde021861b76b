package io.drover.conformance;

import static io.drover.conformance.Thoroughness.FULL;
import static io.drover.conformance.Thoroughness.PROTOCOL;
import static io.drover.conformance.Thoroughness.STATIC;

/** What the kit looks at. Ids stay as they are, since people and scripts refer to them. */
public enum Check {
    MANIFEST("static.manifest", STATIC, "The manifest is valid"),
    ENTRY("static.entry", STATIC, "The entry point is an executable file in the folder"),
    INTERPRETER("static.interpreter", STATIC, "The entry point begins with an interpreter that is there"),
    LINE_ENDS("static.line-ends", STATIC, "Scripts have Unix line ends"),
    MODES("static.modes", STATIC, "Files are readable, and writable by their owner alone"),
    LINKS("static.links", STATIC, "No symbolic link leaves the folder"),
    SIZE("static.size", STATIC, "The folder is within the limits for files and bytes"),
    README("static.readme", STATIC, "There is a README.md"),
    REQUIREMENTS("static.requirements", STATIC, "What the manifest requires is there"),

    ARGUMENTS("input.arguments", PROTOCOL, "A call with other than three arguments is refused"),
    UNKNOWN_VERB("input.unknown-verb", PROTOCOL, "An unknown verb is refused"),
    NOT_JSON("input.not-json", PROTOCOL, "A payload that is not JSON is refused"),
    EMPTY_PAYLOAD("input.empty-payload", PROTOCOL, "An empty payload is refused"),
    MISSING_PAYLOAD("input.missing-payload", PROTOCOL, "A payload file that is not there is refused"),
    NO_VM("input.no-vm", PROTOCOL, "A payload that names no VM is refused"),
    NO_VM_DETAILS("input.no-vm-details", PROTOCOL, "A payload without cloudstack.vm.details is answered properly"),
    STANDARD_INPUT("input.standard-input", PROTOCOL, "It does not wait for standard input"),
    ENVIRONMENT("input.environment", PROTOCOL, "It answers in an environment that has only PATH"),
    TIMEOUT("process.timeout", PROTOCOL, "Nothing of a call is left after its timeout"),

    DETAILS("details.required", FULL, "The details that the manifest requires are given"),
    PREPARE("lifecycle.prepare", FULL, "prepare answers a patch that can be applied"),
    DEPLOY("lifecycle.deploy", FULL, "A VM is created"),
    ON_AFTER_DEPLOY("lifecycle.on-after-deploy", FULL, "A VM that was created is on"),
    DEPLOY_AGAIN("lifecycle.deploy-again", FULL, "Creating it again succeeds, makes no second VM, and it is on"),
    STATUSES("lifecycle.statuses", FULL, "statuses has the VM by its internal name"),
    CONSOLE("lifecycle.getconsole", FULL, "getconsole says where the console is"),
    REBOOT("lifecycle.reboot", FULL, "A VM that is on is rebooted and is on"),
    STOP("lifecycle.stop", FULL, "A VM is stopped"),
    OFF_AFTER_STOP("lifecycle.off-after-stop", FULL, "A VM that was stopped is off"),
    STOP_AGAIN("lifecycle.stop-again", FULL, "Stopping it again succeeds"),
    START("lifecycle.start", FULL, "A stopped VM is started and is on"),
    START_AGAIN("lifecycle.start-again", FULL, "Starting it again succeeds"),
    DELETE("lifecycle.delete", FULL, "A VM is deleted"),
    GONE_AFTER_DELETE("lifecycle.gone-after-delete", FULL, "A VM that was deleted is gone"),
    DELETE_AGAIN("lifecycle.delete-again", FULL, "Deleting it again succeeds"),
    MISSING_STOP("missing.stop", FULL, "Stopping a VM that never was succeeds"),
    MISSING_DELETE("missing.delete", FULL, "Deleting a VM that never was succeeds"),
    FOREIGN("foreign.create", FULL, "A refused or failed creation leaves a foreign VM of that name alone"),
    NEIGHBOUR("foreign.neighbour", FULL, "What is done to one VM leaves another as it is"),
    NO_NICS("payload.no-nics", FULL, "A VM without NICs lives and is deleted"),
    MANY_NICS("payload.many-nics", FULL, "A VM with eight NICs lives and is deleted"),
    LARGE_PAYLOAD("payload.large", FULL, "Large payloads with odd characters are taken"),
    UNKNOWN_FIELDS("payload.unknown-fields", FULL, "Fields that are not in the contract are ignored"),
    FEW_FIELDS("payload.few-fields", FULL, "Optional fields may be missing"),
    TIMEOUT_RECOVERY("process.timeout-recovery", FULL, "A creation that was cut off can be deleted"),
    ACTIONS("action.answers", FULL, "Custom actions answer what the contract allows"),
    KNOWN_ACTION("action.known", FULL, "The program knows each custom action of the manifest"),
    UNKNOWN_ACTION("action.unknown", FULL, "A custom action that is not in the manifest is refused"),

    OUTSIDE("outside.unchanged", FULL, "Of the VMs that the kit made statuses names none after all calls"),

    ENDS("process.ends", PROTOCOL, "Every call ends by itself"),
    LEFT_BEHIND("process.left-behind", PROTOCOL, "No call leaves processes behind but those of a VM"),
    LEFT_AFTER_DELETE("process.left-after-delete", FULL, "No process of a VM is left after it was deleted"),
    ONE_OBJECT("output.one-object", PROTOCOL, "Standard output is one JSON object or nothing"),
    SCHEMA("output.schema", PROTOCOL, "Answers are valid by their JSON Schema"),
    ERRORS("output.errors", PROTOCOL, "A failure has an exit code other than 0 and a JSON object with an error"),
    UTF8("output.utf-8", PROTOCOL, "Output is UTF-8"),
    SECRETS("output.secrets", PROTOCOL, "No secret of the payload is in the output"),
    COMMAND_LINE(
            "process.command-line",
            PROTOCOL,
            "No secret of the payload is on a command line, where anybody can read it"),
    SHELL("input.shell", PROTOCOL, "No text of the payload is run or written anew by a shell"),
    FOLDER("folder.unchanged", PROTOCOL, "The folder is the same after all calls");

    private final String id;
    private final Thoroughness level;
    private final String title;

    Check(String id, Thoroughness level, String title) {
        this.id = id;
        this.level = level;
        this.title = title;
    }

    /** The stable name, e.g. {@code lifecycle.stop-again}. */
    public String id() {
        return id;
    }

    /** The first level that has it. */
    public Thoroughness level() {
        return level;
    }

    /** Whether it is about bad input and odd circumstances. */
    boolean isOfInput() {
        return compareTo(ARGUMENTS) >= 0 && compareTo(ENVIRONMENT) <= 0;
    }

    /** Whether it holds of each call, whatever was asked. */
    boolean isOfEveryCall() {
        return compareTo(ENDS) >= 0;
    }

    /** What holds when it passes. */
    public String title() {
        return title;
    }
}
