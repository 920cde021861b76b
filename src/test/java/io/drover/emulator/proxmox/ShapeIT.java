package io.drover.emulator.proxmox;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Answers of another shape than Proxmox's are told as such, by every verb and for every request. */
@Tag("program")
class ShapeIT extends Scenario {

    private static final String[] DATA = {"null", "\"text\"", "[7]", "{}"};

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            status         | GET .*/qemu/101/config      | any
            status         | GET .*/status/current       | record
            status         | GET /cluster/resources      | any
            statuses       | GET /nodes/pve1/qemu        | rows
            prepare        | GET /cluster/nextid         | number
            create         | GET .*/qemu/100/config      | record
            start          | GET .*/tasks/.*/status      | record
            getconsole     | POST .*/vncproxy            | record
            ListSnapshots  | GET .*/snapshot             | rows
            delete         | GET /access/permissions     | any
            """)
    void dataOfAnotherShapeIsToldAndNothingIsDone(String verb, String line, String wanted) {
        for (var data : DATA) {
            proxmox.vms().remove(VMID);
            if (!verb.equals("prepare") && !verb.equals("create") && !line.contains("resources")) {
                addVm(!verb.equals("start"));
            }
            proxmox.faults().body(line, 1000, 200, "{\"data\":" + data + "}");

            var run = run(verb, verb.equals("prepare") ? Payload.of(proxmox).unprepared() : Payload.of(proxmox));

            proxmox.faults().clear();
            var told = run.exitCode() == 0 ? "" : run.error();
            assertThat(told).as(verb + data).doesNotContain("unexpected", "Error:");
            assertThat(run.log()).as(verb + data).isEmpty();
            if (!wanted.equals("any") && !data.equals("{}")) {
                assertThat(told).as(verb + data).contains("belongs", "check that the detail url");
            }
        }
        assertThat(proxmox.vms()).containsKey(TEMPLATE);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            200 | <html><body>Welcome</body></html>                        | is not Proxmox's API
            200 | []                                                       | is not Proxmox's API
            200 | null                                                     | is not Proxmox's API
            200 | "data"                                                   | is not Proxmox's API
            200 | {"data"                                                  | is not Proxmox's API
            400 | {"message":{"text":"why"},"errors":["the name is taken"]} | the name is taken
            400 | {"message":7,"errors":"the name is taken"}               | the name is taken
            400 | {"errors":{"name":{"why":"it is taken"}}}                | it is taken
            400 | the name is taken                                        | the name is taken
            400 | <html><body>Bad Request</body></html>                    | Said
            400 | []                                                       | Said
            """)
    void bodiesOfAnotherShapeAreToldToo(int status, String body, String told) {
        for (var verb : "create status statuses".split(" ")) {
            proxmox.faults().body(".*", 1000, status, body);

            assertThat(fail(verb, Payload.of(proxmox), 10).error()).as(verb).contains(told);

            proxmox.faults().clear();
        }
    }
}
