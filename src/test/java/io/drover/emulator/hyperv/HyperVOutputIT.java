package io.drover.emulator.hyperv;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What PowerShell writes besides its result is told from errors, and what is no result is told. */
@Tag("program")
class HyperVOutputIT extends HyperVCase {

    private static final String OPEN =
            "<Objs Version=\"1.1.0.1\" xmlns=\"http://schemas.microsoft.com/powershell/2004/04\">";
    private static final String PROGRESS =
            OPEN + "<Obj S=\"progress\" RefId=\"0\"><MS><I64 N=\"SourceId\">1</I64></MS></Obj></Objs>";
    private static final String ERROR = OPEN
            + "<S S=\"Error\">There is no &lt;space&gt; _xD83D__xDE00__x000D__x000A_</S><S S=\"Error\">At line:1 char:1</S></Objs>";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PP",
                "#\r\nPP",
                "#\r\nP\r\n#\r\nP\r\n",
                "WARNING: the clock is off\r\n#\r\nP",
                "#\r\nPsome text between P",
                "#\r\nPT",
                "#\r\nT",
                "WARNING: the clock is off",
                "W"
            })
    void whatIsNoErrorSpoilsNoVerb(String written) {
        emulator.shells.noise = clixml(written);
        for (var verb : "create status reboot CreateSnapshot ListSnapshots stop start delete".split(" ")) {
            program.call(verb).succeeded();
        }
        assertNothingLeft();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "E",
                "#\r\nPE",
                "#\r\nEP",
                "#\r\nP\r\n#\r\nE\r\n",
                "text #\r\nPPE more text",
                "TE",
                "#\r\nPX",
                "O"
            })
    void anErrorAmongThemIsToldWithExitCodeZeroToo(String written) {
        emulator.shells.noise = clixml(written);

        assertThat(program.call("status").refused("no <space>")).doesNotContain("Objs", "_x", "At line");
    }

    @ParameterizedTest
    @ValueSource(strings = {"P", "#\r\nPP", "#\r\nT", "WARNING: x"})
    void theErrorOfAScriptThatFailedIsToldWhateverStandsBeforeIt(String written) {
        emulator.shells.noise = clixml(written);
        emulator.host.fail("Get-VM", "You do not have the required permission.");

        assertThat(program.call("status").refused("required permission", "Hyper-V Administrators"))
                .doesNotContain("Objs");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            Get-VM         | "text"           | status
            Get-VM         | [7]              | status
            Get-VM         | [null]           | delete
            Get-VM         | true             | statuses
            Get-VM         | <html></html>    | start
            Get-VM         | Welcome to hv1   | create
            Get-VMSnapshot | [[]]             | ListSnapshots
            Get-VMSnapshot | "one"            | CreateSnapshot
            Test-Path      | {"a":1}          | delete
            """)
    void whatIsNoResultIsTold(String cmdlet, String printed, String verb) {
        program.call("create").succeeded();
        emulator.shells.prints.put(cmdlet, printed);

        program.call(verb).refused("PowerShell printed", "Hyper-V module");

        emulator.shells.prints.clear();
        program.call("delete").succeeded();
        assertNothingLeft();
    }

    private static String clixml(String written) {
        var blocks = new StringBuilder();
        for (var letter : written.split("")) {
            blocks.append(
                    switch (letter) {
                        case "#" -> "#< CLIXML";
                        case "P" -> PROGRESS;
                        case "T" -> PROGRESS.substring(0, PROGRESS.length() - 20);
                        case "E" -> ERROR;
                        case "X" -> ERROR.substring(0, ERROR.length() - 30);
                        case "W" -> OPEN + "<S S=\"warning\">The clock is off_x000D_</S><S S=\"verbose\">x</S></Objs>";
                        case "O" ->
                            OPEN
                                    + "<Obj S=\"Error\" RefId=\"0\"><TN/><ToString>no &lt;space&gt;</ToString></Obj></Objs>";
                        default -> letter;
                    });
        }
        return blocks.toString();
    }
}
