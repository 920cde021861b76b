package io.drover.bench;

import java.util.List;

/** Drover asked through its Java door for the status of a VM, one VM per client. */
final class JavaDoor implements Contender {
    private final Application application;
    private final List<String> vms;

    JavaDoor(Application application, List<String> vms) {
        this.application = application;
        this.vms = vms;
    }

    @Override
    public String name() {
        return "drover";
    }

    @Override
    public void call(int client) throws Exception {
        application.awaitSuccess(application.ask("status", vms.get(client)));
    }
}
