package io.drover.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.extension.manifest.Level;
import io.drover.extension.manifest.ManifestReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RemoteExtensionsTests {

    private static final Pattern READ = Pattern.compile("of_(?:system|vm)\\(([^)]*)\\)");
    private static final Pattern NAME = Pattern.compile("\"([a-z][a-z_]+)\"");

    @ParameterizedTest
    @ValueSource(strings = {"HyperV", "MaaS"})
    void declareAndDescribeEveryDetailThatTheirProgramsRead(String extension) throws IOException {
        var folder = Path.of("extensions", extension);
        var manifest = new ManifestReader().read(folder).manifest();
        var configuration = manifest.configuration();
        var declared = new HashSet<>(manifest.reservedDetails());
        for (var level : Level.values()) {
            declared.addAll(configuration.at(level).keySet());
        }
        var readme = Files.readString(folder.resolve("README.md"));
        var read = detailsReadIn(folder);
        assertThat(read).isNotEmpty();
        assertThat(declared).containsAll(read);
        assertThat(declared).allSatisfy(name -> assertThat(readme).contains("`" + name + "`"));
    }

    @Test
    void letNoPlainUserChooseAMachineOrAFileOfTheHost() {
        assertThat(new ManifestReader()
                        .read(Path.of("extensions/MaaS"))
                        .manifest()
                        .reservedDetails())
                .contains("system_id", "maas_system_id", "pool", "zone", "tags", "not_tags");
        assertThat(new ManifestReader()
                        .read(Path.of("extensions/HyperV"))
                        .manifest()
                        .reservedDetails())
                .contains("template_type", "template_path", "iso_path");
    }

    @Test
    void declareTheActionsThatTheProgramKnows() {
        var file = new ManifestReader().read(Path.of("extensions/HyperV"));
        assertThat(file.customActions())
                .extracting(action -> action.name())
                .containsExactly(
                        "Suspend", "Resume", "ListSnapshots", "CreateSnapshot", "RestoreSnapshot", "DeleteSnapshot");
        assertThat(file.manifest().secretDetails()).contains("password");
    }

    @Test
    void loginAnswersAreThoseThatTheNtlmDocumentPublishes() throws Exception {
        ExtensionProgram.assumePython();
        var script = "import hyperv_ntlm as n;"
                + "k=n.response_key('User','Domain','Password');"
                + "t=bytes.fromhex('02000c0044006f006d00610069006e0001000c00530065007200760065007200'+'00'*4);"
                + "print(n.md4(b'message digest').hex(),k.hex(),n.response(k,bytes.fromhex('0123456789abcdef'),b'\\xaa'*8,0,t)[:16].hex())";
        var process = new ProcessBuilder(List.of("/usr/bin/env", "python3", "-B", "-c", script))
                .directory(Path.of("extensions/HyperV").toFile())
                .redirectErrorStream(true)
                .start();
        assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualToIgnoringNewLines("d9130a8164549fe818874806e1c7014b 0c868a403bfd7a93a3001ef22ef02e3f"
                        + " 68cd0ab851e51c96aabc927bebef6a1c");
    }

    private static Set<String> detailsReadIn(Path folder) throws IOException {
        var names = new TreeSet<String>();
        try (var files = Files.list(folder)) {
            for (var file :
                    files.filter(path -> path.toString().endsWith(".py")).toList()) {
                var calls = READ.matcher(Files.readString(file));
                while (calls.find()) {
                    NAME.matcher(calls.group(1)).results().forEach(found -> names.add(found.group(1)));
                }
            }
        }
        return names;
    }
}
